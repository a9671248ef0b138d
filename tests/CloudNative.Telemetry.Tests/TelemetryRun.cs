using System.Diagnostics;
using System.Diagnostics.Metrics;
using CloudNative.TestSupport.Otlp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Telemetry.Tests;

/// <summary>
/// Runs a host against a collector of its own and emits one span, one measurement and one log record in it. Sources are global
/// to the process and tests run side by side, so each run has a name of its own to count by.
/// </summary>
internal sealed class TelemetryRun : IAsyncDisposable
{
    private TelemetryRun(OtlpReceiver receiver) => Receiver = receiver;

    public OtlpReceiver Receiver { get; }

    public string Name { get; } = $"run-{Guid.NewGuid():N}";

    public int SpanCount => Receiver.Spans.Count(span => span.Name == Name);

    public int MetricCount => Receiver.Metrics.Count(metric => metric.Name == Name);

    public int LogCount => Receiver.Logs.Count(log => log.Name == Name);

    public static async Task<TelemetryRun> StartAsync(
        Action<HostApplicationBuilder> setUp, bool grpc = false, params IEnumerable<(string Key, string Value)> configuration)
    {
        var run = new TelemetryRun(await OtlpReceiver.StartAsync());
        var endpoint = grpc ? run.Receiver.GrpcEndpoint : run.Receiver.HttpEndpoint;
        await run.RunAsync(setUp, [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", grpc ? "grpc" : "http/protobuf"),
            .. configuration]);
        return run;
    }

    public ValueTask DisposeAsync() => Receiver.DisposeAsync();

    private async Task RunAsync(Action<HostApplicationBuilder> setUp, IEnumerable<(string Key, string Value)> configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Staging" });
        foreach (var (key, value) in configuration)
        {
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(key, (string?)value)]);
        }

        setUp(builder);
        using var host = builder.Build();
        await host.StartAsync();
        using (var source = new ActivitySource("CloudNative.Tests"))
        using (var meter = new Meter("CloudNative.Tests"))
        {
            source.StartActivity(Name)?.Dispose();
            meter.CreateCounter<long>(Name).Add(1);
            host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Tests").LogWarning("{Run}", Name);

            // Providers export what they hold when they are disposed, which the host does last.
            await host.StopAsync();
            host.Dispose();
        }
    }
}
