namespace CloudNative.Embedded.Outbox;

/// <summary>Drains without a turn.</summary>
internal sealed class NoTurn : IDisposable
{
    public static readonly NoTurn Needed = new();

    private NoTurn()
    {
    }

    public void Dispose()
    {
    }
}
