using System.Collections.Concurrent;
using System.Data.Common;
using CloudNative.Eventing.Inbox;
using CloudNative.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CloudNative.Eventing.Tests.Inbox;

public sealed class InboxSweeperTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<InboxSweeper> _logger = new();
    private readonly Store _store = new();

    [Fact]
    public async Task Start_ManyOldClaims_ForgetsThemLittleByLittleWithPauses()
    {
        await using var sweeper = Create();
        _store.Old = 2_300;
        await sweeper.AnnounceAsync(TestContext.Current.CancellationToken);
        var passed = await _time.AdvanceUntilAsync(() => _store.Old == 0, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(5));
        Assert.All(_store.Asked, asked => Assert.InRange(asked.Limit, 1, 500));
        Assert.True(passed >= TimeSpan.FromMilliseconds(400), $"Four pauses in {passed}.");
    }

    [Fact]
    public async Task Default_Retention_IsFourteenDays()
    {
        var start = _time.GetUtcNow();
        await using var sweeper = Create();
        await sweeper.AnnounceAsync(TestContext.Current.CancellationToken);
        await _time.AdvanceUntilAsync(() => !_store.Asked.IsEmpty, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(5));
        Assert.True(_store.Asked.TryPeek(out var asked));
        Assert.InRange(asked.Before, start - TimeSpan.FromDays(14), start - TimeSpan.FromDays(13.5));
    }

    [Fact]
    public async Task DatabaseFails_TriesAgainAndSaysSoOnce()
    {
        await using var sweeper = Create();
        _store.Failure = new EventTransportException("CN0000 locked");
        await sweeper.AnnounceAsync(TestContext.Current.CancellationToken);
        await _time.AdvanceUntilAsync(() => _store.Prepared >= 3, TimeSpan.FromSeconds(1), TimeSpan.FromHours(50));
        _store.Failure = null;
        _store.Old = 1;
        await _time.AdvanceUntilAsync(() => _store.Old == 0, TimeSpan.FromSeconds(1), TimeSpan.FromHours(50));
        Assert.Single(_logger.Collector.GetSnapshot(), line => line.Id.Id == 1);
    }

    private InboxSweeper Create() => new([_store], Options.Create(new EventInboxOptions()), _time, _logger);

    private sealed class Store : IInboxStore
    {
        public volatile int Old;
        public volatile int Prepared;

        public Exception? Failure { get; set; }

        public ConcurrentQueue<(DateTimeOffset Before, int Limit)> Asked { get; } = new();

        public string Name => "orders.db";

        public bool Serves(DbTransaction transaction) => false;

        public ValueTask PrepareAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref Prepared);
            return Failure is { } failure ? throw failure : ValueTask.CompletedTask;
        }

        public ValueTask<bool> TryClaimAsync(
            DbTransaction transaction, string group, string source, string id, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<int> ForgetAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
        {
            Asked.Enqueue((before, limit));
            var forgotten = Math.Min(limit, Old);
            Old -= forgotten;
            return new(forgotten);
        }
    }
}
