using System.Globalization;
using CloudNative.Local;
using Microsoft.Extensions.Hosting;

namespace Shop.Smoke;

/// <summary>Waits for the app, disturbs it under load, says what came of it, and ends the run with that as its exit code.</summary>
internal sealed class SmokeService(ILocalApp app, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await app.WaitUntilReadyAsync(stoppingToken);
        }
        catch (LocalAppException)
        {
            return; // The engine has said why, and stops.
        }

        var report = new SmokeReport(app.RunDirectory);
        try
        {
            await new SmokeRun(app, report, Seed(), time).RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            report.Problem("it was interrupted");
        }
        catch (Exception e)
        {
            report.Problem(e.ToString());
        }

        app.RequestStop(report.Write(Console.Out) ? LocalAppExitCodes.Success : LocalAppExitCodes.Failed);
    }

    // Chosen anew each time, and printed; SHOP_SMOKE_SEED repeats a choice.
    private static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("SHOP_SMOKE_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Random.Shared.Next(1000);
}
