namespace Snippets;

/// <summary>A worker as its template makes it.</summary>
public sealed class Worker(ILogger<Worker> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        logger.LogInformation("Working.");
        await Task.Delay(Timeout.Infinite, stoppingToken);
    }
}
