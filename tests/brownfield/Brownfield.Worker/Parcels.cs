namespace Brownfield.Worker;

/// <summary>Packs one parcel after the other; what was begun is finished before the process ends.</summary>
internal sealed class Parcels(TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var number = 1; !stoppingToken.IsCancellationRequested; number++)
        {
            Console.WriteLine($"begin {number}");
            await Task.Delay(TimeSpan.FromMilliseconds(300), time, CancellationToken.None);
            Console.WriteLine($"end {number}");
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine("stopping");
        await base.StopAsync(cancellationToken);
        Console.WriteLine("stopped");
    }
}
