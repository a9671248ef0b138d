namespace CloudNative.EntityFrameworkCore.Tests.Support;

/// <summary>What the service itself keeps.</summary>
internal sealed class Order
{
    public int Id { get; set; }

    public required string Item { get; set; }
}
