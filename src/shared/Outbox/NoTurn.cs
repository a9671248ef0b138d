namespace CloudNative.Shared.Outbox;

/// <summary>Drains without a turn.</summary>
internal sealed class NoTurn : IAsyncDisposable
{
    public static readonly NoTurn Needed = new();

    private NoTurn()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
