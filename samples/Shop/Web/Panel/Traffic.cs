using Shop.Web.Catalog;
using Shop.Web.Outages;

namespace Shop.Web.Panel;

/// <summary>Asks the catalog ten times a second while it is switched on, to see what a failure does to visitors; off by itself after
/// two minutes.</summary>
internal sealed class Traffic(IServiceScopeFactory scopes, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _switched = new(0);
    private long _until = long.MinValue;

    public bool IsOn => time.GetTimestamp() < Volatile.Read(ref _until);

    public void Switch(bool on)
    {
        Volatile.Write(ref _until, on ? time.GetTimestamp() + (long)(Longest.TotalSeconds * time.TimestampFrequency) : long.MinValue);
        _switched.Release();
    }

    public override void Dispose()
    {
        base.Dispose();
        _switched.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (true)
        {
            await _switched.WaitAsync(stoppingToken);
            while (IsOn && await timer.WaitForNextTickAsync(stoppingToken))
            {
                await AskAsync(stoppingToken);
            }
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CatalogClient>().SearchAsync(null, null, 1, 1, cancellationToken);
        }
        catch (ServiceOutageException)
        {
            // The log of requests has it; that is what this is for.
        }
    }
}
