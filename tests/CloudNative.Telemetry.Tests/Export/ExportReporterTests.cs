using System.Collections.Concurrent;
using System.Diagnostics;
using CloudNative.TestSupport.Otlp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace CloudNative.Telemetry.Tests.Export;

public sealed class ExportReporterTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Export_FailsAndRecovers_IsSaidOncePerChange(bool grpc)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var endpoint = grpc ? receiver.GrpcEndpoint : receiver.HttpEndpoint;
        var lines = new Lines();
        using var host = Build(endpoint, grpc ? "grpc" : "http/protobuf", lines);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var source = new ActivitySource("CloudNative.Tests");
        receiver.Broken = true;
        Export(host, source);
        Export(host, source);

        Assert.Single(Of(lines, endpoint), line => line.Contains("CN6006", StringComparison.Ordinal));

        receiver.Broken = false;
        Export(host, source);
        Export(host, source);

        Assert.Single(Of(lines, endpoint), line => line.Contains("again", StringComparison.Ordinal));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Start_PortOfTheOtherProtocol_IsSaid()
    {
        var lines = new Lines();
        using var host = Build("http://127.0.0.1:4318", "grpc", lines);

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Single(lines.All, line => line.Contains("CN6005", StringComparison.Ordinal));
    }

    private static IHost Build(string endpoint, string protocol, Lines lines)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            // Traces only, so that each change is heard from one exporter.
            ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = protocol == "grpc" ? endpoint : $"{endpoint}/v1/traces",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
        });
        builder.Logging.AddProvider(lines);
        builder.Services.AddCloudNativeTelemetry();
        return builder.Build();
    }

    private static void Export(IHost host, ActivitySource source)
    {
        source.StartActivity("work")?.Dispose();
        host.Services.GetRequiredService<TracerProvider>().ForceFlush();
    }

    /// <summary>The exporters of other tests in this process are heard as well.</summary>
    private static IEnumerable<string> Of(Lines lines, string endpoint) =>
        lines.All.Where(line => line.Contains(new Uri(endpoint).Authority, StringComparison.Ordinal));

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
