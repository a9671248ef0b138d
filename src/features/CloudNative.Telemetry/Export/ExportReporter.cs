using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Telemetry.Export;

/// <summary>Says at start what looks wrong with where telemetry goes, and later each time when exports begin or cease to fail.</summary>
internal sealed partial class ExportReporter(ExportPlan plan, ILogger<ExportReporter> logger) : IHostedService, IDisposable
{
    private ExportListener? _listener;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var entries = plan.Entries;
        foreach (var doubt in entries.Where(entry => entry.Owner is null).Select(entry => entry.Target.Doubt).OfType<string>().Distinct())
        {
            LogDoubt(doubt);
        }

        if (entries.Count > 0)
        {
            _listener ??= new ExportListener(OnChanged);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _listener = null;
    }

    private void OnChanged(string endpoint, string? failure)
    {
        if (failure is null)
        {
            LogRecovered(endpoint);
        }
        else
        {
            LogFailing(endpoint, failure);
        }
    }
}
