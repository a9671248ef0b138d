using CloudNative.Lifecycle;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.Inbox;

/// <summary>
/// Prepares the inboxes and has them forget claims that are too old: little by little, with pauses in which the service writes.
/// </summary>
internal sealed partial class InboxSweeper(
    IEnumerable<IInboxStore> stores, IOptions<EventInboxOptions> options, TimeProvider time, ILogger<InboxSweeper> logger)
    : ILifecycleParticipant, IAsyncDisposable, IDisposable
{
    private const int ClaimsAtOnce = 500;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _retryPreparing = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ending = new();
    private Task _loops = Task.CompletedTask;
    private int _disposed;

    public ValueTask AnnounceAsync(CancellationToken cancellationToken)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _loops = Task.WhenAll(stores.Select(store => Task.Run(() => RunAsync(store, _ending.Token), CancellationToken.None)));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<TimeSpan> WithdrawAsync(CancellationToken cancellationToken) => new(TimeSpan.Zero);

    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        // Nothing here is urgent: the next start goes on.
        await _ending.CancelAsync().ConfigureAwait(false);
        await _loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await DrainAsync(CancellationToken.None).ConfigureAwait(false);
            _ending.Dispose();
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _ending.Cancel();
            _ending.Dispose();
        }
    }

    private async Task RunAsync(IInboxStore store, CancellationToken ending)
    {
        var (prepared, failing) = (false, false);
        while (!ending.IsCancellationRequested)
        {
            try
            {
                if (!prepared)
                {
                    await store.PrepareAsync(ending).ConfigureAwait(false);
                    prepared = true;
                }

                await SweepAsync(store, ending).ConfigureAwait(false);
                if (failing)
                {
                    LogRecovered(logger, store.Name);
                    failing = false;
                }
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (!failing)
                {
                    LogFailing(logger, store.Name, exception);
                    failing = true;
                }
            }

            await Task.Delay(prepared ? options.Value.SweepInterval : _retryPreparing, time, ending)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SweepAsync(IInboxStore store, CancellationToken ending)
    {
        var before = time.GetUtcNow() - options.Value.Retention;
        while (true)
        {
            var forgotten = await store.ForgetAsync(before, ClaimsAtOnce, ending).ConfigureAwait(false);
            if (forgotten > 0)
            {
                LogForgot(logger, forgotten, store.Name);
            }

            if (forgotten < ClaimsAtOnce)
            {
                return;
            }

            await Task.Delay(_pause, time, ending).ConfigureAwait(false);
        }
    }
}
