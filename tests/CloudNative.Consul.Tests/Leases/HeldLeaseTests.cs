using CloudNative.Leases;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Consul.Tests.Leases;

/// <summary>What all stores' leases share, with a store that answers when the test says so.</summary>
public sealed class HeldLeaseTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _logger = new();
    private readonly Lease _lease;

    public HeldLeaseTests()
    {
        _lease = new Lease(_time, _logger) { Name = "job", FencingToken = 7, Duration = TimeSpan.FromSeconds(9) };
        _lease.Begin(_time.GetTimestamp());
    }

    public ValueTask DisposeAsync()
    {
        _lease.Answer(null); // Nothing may wait for it.
        return _lease.DisposeAsync();
    }

    [Fact]
    public void Renewed_Late_CountsFromBeforeTheStoreWasAsked()
    {
        Advance(3);
        Advance(4);
        _lease.Answer(null); // Asked at 3 s, answered at 7 s.
        Advance(4.9);
        Assert.Equal(0, _lease.TimesLost);
        Advance(0.1);
        Assert.Equal(1, _lease.TimesLost);
    }

    [Fact]
    public void Renewal_NeverAnswered_IsLostInTime()
    {
        Advance(3);
        Advance(5.9);
        Assert.Equal(0, _lease.TimesLost);
        Advance(0.1);
        Assert.Equal(1, _lease.TimesLost);
        _lease.Answer(null); // What comes now brings nothing back.
        Advance(60);
        Assert.Equal((1, 1), (_lease.TimesLost, _lease.TimesAsked));
    }

    [Fact]
    public async Task Process_StoodStill_DoesNotAskTheStoreForWhatIsLost()
    {
        Advance(20);
        Assert.Equal((1, 0), (_lease.TimesLost, _lease.TimesAsked));
        await _lease.DisposeAsync();
        Assert.Equal(0, _lease.TimesReleased);
    }

    [Fact]
    public void Store_Away_IsAskedSeveralTimesAndSaidOnce()
    {
        Advance(3);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            _lease.Answer(new LeaseException("the store is away"));
            Advance(1);
        }

        Assert.Equal(6, _lease.TimesAsked);
        Assert.Equal(
            "Lease job could not be renewed and is lost unless that works within 00:00:06: the store is away",
            Assert.Single(_logger.Collector.GetSnapshot()).Message);
    }

    [Fact]
    public async Task Dispose_WhileItIsRenewed_ReleasesAfterwards()
    {
        Advance(3);
        var disposing = _lease.DisposeAsync().AsTask();
        Assert.True(_lease.Renewal.IsCancellationRequested);
        Assert.Equal(0, _lease.TimesReleased);
        _lease.Answer(null);
        await disposing;
        await _lease.DisposeAsync();
        Advance(60);
        Assert.Equal((1, 1, 0), (_lease.TimesReleased, _lease.TimesAsked, _lease.TimesLost));
    }

    [Fact]
    public async Task Dispose_StoreIsAway_SaysSo()
    {
        _lease.CannotRelease = true;
        await _lease.DisposeAsync();
        Assert.Equal(
            "Lease job could not be released; others get it when it has lapsed: the store is away", _logger.LatestRecord.Message);
    }

    private void Advance(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private sealed class Lease(TimeProvider time, FakeLogger logger) : HeldLease(time, logger)
    {
        private TaskCompletionSource<string?> _answer = new();

        public int TimesAsked { get; private set; }

        public int TimesReleased { get; private set; }

        public int TimesLost { get; private set; }

        public bool CannotRelease { get; set; }

        public CancellationToken Renewal { get; private set; }

        public void Answer(object? answer)
        {
            var asked = _answer;
            _answer = new();
            if (answer is Exception exception)
            {
                asked.SetException(exception);
            }
            else
            {
                asked.SetResult((string?)answer);
            }
        }

        protected override Task<string?> RenewAsync(CancellationToken cancellationToken)
        {
            TimesAsked++;
            Renewal = cancellationToken;
            return _answer.Task;
        }

        protected override Task ReleaseAsync()
        {
            TimesReleased++;
            return CannotRelease ? throw new LeaseException("the store is away") : Task.CompletedTask;
        }

        protected override void CountLost() => TimesLost++;
    }
}
