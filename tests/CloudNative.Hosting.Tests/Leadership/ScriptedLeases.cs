using CloudNative.Leases;

namespace CloudNative.Hosting.Tests.Leadership;

/// <summary>Leases that can be taken away, and a store that can be out of reach.</summary>
internal sealed class ScriptedLeases : ILeaseProvider
{
    private readonly Lock _gate = new();
    private int _failures;
    private long _token;

    public ScriptedLeases(int failures = 0) => _failures = failures;

    public ScriptedLease? Current { get; private set; }

    public ValueTask<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _failures-- > 0
                ? throw new LeaseException("the store is away")
                : ValueTask.FromResult<ILease?>(Current = new ScriptedLease(name, ++_token));
        }
    }

    internal sealed class ScriptedLease(string name, long token) : ILease
    {
        private readonly CancellationTokenSource _lost = new();

        public string Name => name;

        public long FencingToken => token;

        public CancellationToken Lost => _lost.Token;

        public Task LoseAsync() => _lost.CancelAsync();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
