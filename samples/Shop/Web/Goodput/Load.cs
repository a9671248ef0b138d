using Shop.Web.Catalog;
using Shop.Web.Outages;

namespace Shop.Web.Goodput;

/// <summary>
/// Asks the catalog forty times a second while it is switched on, whether earlier answers have come or not, as visitors would. Off by
/// itself after two minutes.
/// </summary>
internal sealed class Load(IServiceScopeFactory scopes, GoodputLog log, TimeProvider time) : BackgroundService
{
    private const int PerSecond = 40;

    // Two seconds' worth: what does not fit has failed, as a visitor who finds the door shut.
    private const int MaximumInFlight = 2 * PerSecond;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _switched = new(0);
    private long _until = long.MinValue;

    public void Switch(bool on)
    {
        Volatile.Write(ref _until, on ? time.GetTimestamp() + (long)(Longest.TotalSeconds * time.TimestampFrequency) : long.MinValue);
        _switched.Release();
    }

    public GoodputSummary Summarise() => log.Summarise(PerSecond, (int)Math.Ceiling(Left.TotalSeconds));

    public override void Dispose()
    {
        base.Dispose();
        _switched.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _switched.WaitAsync(stoppingToken);
            await SendAsync(stoppingToken);
        }
    }

    private TimeSpan Left => Volatile.Read(ref _until) is var until && until > time.GetTimestamp()
        ? time.GetElapsedTime(time.GetTimestamp(), until)
        : TimeSpan.Zero;

    private async Task SendAsync(CancellationToken stopping)
    {
        var calls = new List<Task>();
        var begun = time.GetTimestamp();
        var sent = 0;
        using var timer = new PeriodicTimer(Interval, time);
        while (Left > TimeSpan.Zero && await timer.WaitForNextTickAsync(stopping))
        {
            calls.RemoveAll(call => call.IsCompleted);
            for (var due = (int)(time.GetElapsedTime(begun).TotalSeconds * PerSecond); sent < due; sent++)
            {
                if (calls.Count < MaximumInFlight)
                {
                    calls.Add(AskAsync(stopping));
                }
                else
                {
                    log.Add(good: false, TimeSpan.Zero);
                }
            }
        }

        await Task.WhenAll(calls);
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CatalogClient>().SearchAsync(null, null, 1, 1, cancellationToken);
            log.Add(good: true, time.GetElapsedTime(begun));
        }
        catch (ServiceOutageException)
        {
            log.Add(good: false, time.GetElapsedTime(begun));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process stops; nobody is left to count it for.
        }
    }
}
