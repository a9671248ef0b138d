using CloudNative.Leases;

namespace CloudNative.Hosting.Leadership;

/// <summary>Leadership in a test's host, which is alone and has no store to ask.</summary>
internal sealed class SoleLease(string name) : ILease
{
    public string Name => name;

    public long FencingToken => 1;

    public CancellationToken Lost => CancellationToken.None;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
