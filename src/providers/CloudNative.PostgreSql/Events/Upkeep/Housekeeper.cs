using CloudNative.PostgreSql.Events.Consuming;
using CloudNative.Shared.EventLog;

namespace CloudNative.PostgreSql.Events.Upkeep;

/// <summary>
/// Removes what is old enough to go, little by little, and puts out members whose process has died where nobody of their group is left to
/// see it. Every process does so; who comes second finds nothing to do.
/// </summary>
internal sealed partial class Housekeeper : IAsyncDisposable
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly LogContext _context;
    private readonly LogSession _session;
    private readonly DeathWatch _deaths;
    private readonly Task _running;

    public Housekeeper(LogContext context, LogSession session)
    {
        (_context, _session) = (context, session);
        _deaths = new DeathWatch(context.TimeProvider);
        var pause = context.Options.Retention / 10 < _longestPause ? context.Options.Retention / 10 : _longestPause;
        _running = Task.WhenAll(RepeatAsync(pause, TidyAsync), RepeatAsync(DeathWatch.Patience, BuryAsync));
    }

    private long Before => _session.Now - (long)_context.Options.Retention.TotalMilliseconds;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RepeatAsync(TimeSpan pause, Func<Task> round)
    {
        while (!_stopping.IsCancellationRequested)
        {
            await Task.Delay(pause, _context.TimeProvider, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await round().ConfigureAwait(false);
            }
            catch (LogFailure)
            {
                // The next round tries again.
            }
        }
    }

    private async Task TidyAsync()
    {
        bool hasMore;
        do
        {
            // A look reads; only what it finds is written about.
            var topics = await _session.ReadAsync(tables => Retention.Find(tables, Before, Before)).ConfigureAwait(false);
            hasMore = false;
            foreach (var (topic, name) in topics)
            {
                var removal = await _session.WriteAsync((tables, _) => Retention.RemoveSome(tables, topic, Before, Before))
                    .ConfigureAwait(false);
                hasMore |= removal.HasMore;
                foreach (var (group, count) in removal.Missed)
                {
                    _context.Metrics.EventsMissed(name, group, count);
                    LogMissed(_context.Logger, count, name, group, _context.Options.Retention);
                }
            }
        }
        while (hasMore && !_stopping.IsCancellationRequested);
    }

    // Gone in two rounds.
    private async Task BuryAsync()
    {
        var gone = await _session.ReadTablesAsync(tables =>
        {
            var processes = _deaths.FindGone(tables);
            return processes.Count == 0
                ? []
                : tables.AllMembers().Where(pair => processes.Contains(pair.Member.Member))
                    .Select(pair => (Group: tables.FindGroup(pair.Group), pair.Member)).ToList();
        }).ConfigureAwait(false);
        foreach (var (group, member) in gone)
        {
            if (group is not null)
            {
                _session.Evict(group, member, hasDied: true);
            }
        }
    }
}
