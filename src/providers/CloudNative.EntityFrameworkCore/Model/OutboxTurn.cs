namespace CloudNative.EntityFrameworkCore.Model;

/// <summary>
/// Whose turn it is to drain. One row. The beat grows while its owner works, and others watch it by their own clocks:
/// no clock is compared with another's.
/// </summary>
internal sealed class OutboxTurn
{
    public const string OnlyRow = "outbox";

    public required string Name { get; set; }

    public string? Owner { get; set; }

    public long Beat { get; set; }

    /// <summary>The highest position that was ever moved.</summary>
    public long Moved { get; set; }
}
