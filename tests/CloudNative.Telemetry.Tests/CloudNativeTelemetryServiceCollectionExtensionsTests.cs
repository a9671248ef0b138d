using CloudNative.TestSupport.Otlp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CloudNative.Telemetry.Tests;

public sealed class CloudNativeTelemetryServiceCollectionExtensionsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddCloudNativeTelemetry_EndpointConfigured_ExportsEachSignalOnce(bool grpc)
    {
        await using var run = await TelemetryRun.StartAsync(builder => builder.Services.AddCloudNativeTelemetry(), grpc);

        AssertOnce(run);
    }

    [Fact]
    public async Task AddCloudNativeTelemetry_CalledTwice_ExportsEachSignalOnce()
    {
        await using var run = await TelemetryRun.StartAsync(
            builder => builder.Services.AddCloudNativeTelemetry().AddCloudNativeTelemetry());

        AssertOnce(run);
    }

    [Fact]
    public async Task AddCloudNativeTelemetry_EndpointInOwnSection_ExportsThere()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var run = await TelemetryRun.StartAsync(
            builder => builder.Services.AddCloudNativeTelemetry(),
            configuration:
            [
                ("OTEL_EXPORTER_OTLP_ENDPOINT", ""),
                ("CloudNative:Telemetry:Otlp:Endpoint", receiver.HttpEndpoint),
                ("CloudNative:Telemetry:Otlp:Headers", "api-key=abc"),
            ]);

        Assert.Equal(0, run.SpanCount);
        Assert.Single(receiver.Spans, span => span.Name == run.Name);
        Assert.Single(receiver.Metrics, metric => metric.Name == run.Name);
        Assert.Single(receiver.Logs, log => log.Name == run.Name);
        Assert.Contains("api-key: abc", receiver.Headers);
    }

    [Theory]
    [MemberData(nameof(ExistingSetups))]
    public async Task AddCloudNativeTelemetry_ServiceExportsItself_ExportsEachSignalOnce(string setUp, bool oursFirst)
    {
        await using var run = await TelemetryRun.StartAsync(builder =>
        {
            if (oursFirst)
            {
                builder.Services.AddCloudNativeTelemetry();
                Setups[setUp](builder);
            }
            else
            {
                Setups[setUp](builder);
                builder.Services.AddCloudNativeTelemetry();
            }
        });

        AssertOnce(run);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddCloudNativeTelemetry_InMemoryExporters_SeeEachSignalOnce(bool oursFirst)
    {
        var spans = new List<System.Diagnostics.Activity>();
        var metrics = new List<MetricSnapshot>();
        var logs = new List<LogRecord>();
        await using var run = await TelemetryRun.StartAsync(builder =>
        {
            if (oursFirst)
            {
                builder.Services.AddCloudNativeTelemetry();
            }

            builder.Services.AddOpenTelemetry()
                .WithTracing(tracing => tracing.AddSource("CloudNative.Tests").AddHttpClientInstrumentation().AddInMemoryExporter(spans))
                .WithMetrics(metering => metering.AddMeter("CloudNative.Tests").AddInMemoryExporter(metrics))
                .WithLogging(logging => logging.AddInMemoryExporter(logs));
            if (!oursFirst)
            {
                builder.Services.AddCloudNativeTelemetry();
            }
        });

        Assert.Single(spans, span => span.DisplayName == run.Name);
        Assert.Single(metrics, metric => metric.Name == run.Name);
        Assert.Single(logs, log => log.FormattedMessage == run.Name);
        AssertOnce(run);
    }

    [Fact]
    public async Task AddCloudNativeTelemetry_Disabled_CollectsNothing()
    {
        await using var run = await TelemetryRun.StartAsync(
            builder => builder.Services.AddCloudNativeTelemetry(), configuration: ("CloudNative:Telemetry:Enabled", "false"));

        Assert.Equal((0, 0, 0), (run.SpanCount, run.MetricCount, run.LogCount));
    }

    [Theory]
    [InlineData("Traces:Enabled", 0, 1, 1)]
    [InlineData("Traces:Export", 0, 1, 1)]
    [InlineData("Metrics:Enabled", 1, 0, 1)]
    [InlineData("Metrics:Export", 1, 0, 1)]
    [InlineData("Logs:Enabled", 1, 1, 0)]
    [InlineData("Logs:Export", 1, 1, 0)]
    public async Task AddCloudNativeTelemetry_SignalOff_ExportsTheOthers(string key, int spans, int metrics, int logs)
    {
        await using var run = await TelemetryRun.StartAsync(
            builder => builder.Services.AddCloudNativeTelemetry(), configuration: ($"CloudNative:Telemetry:{key}", "false"));

        Assert.Equal((spans, metrics, logs), (run.SpanCount, run.MetricCount, run.LogCount));
    }

    [Fact]
    public async Task AddCloudNativeTelemetry_ServiceInfo_DescribesTheResourceOfEachSignal()
    {
        await using var run = await TelemetryRun.StartAsync(builder => Shop(builder).AddCloudNativeTelemetry());

        OtlpRecord[] records = [run.Receiver.Spans.First(), run.Receiver.Metrics.First(), run.Receiver.Logs.First()];
        Assert.All(records, record =>
        {
            Assert.Equal("shop", record.Resource["service.name"]);
            Assert.Equal("1.2.3", record.Resource["service.version"]);
            Assert.Equal("shop-1", record.Resource["service.instance.id"]);
            Assert.Equal("staging", record.Resource["deployment.environment.name"]);
            Assert.Equal("zone-a", record.Resource["cloud.availability_zone"]);
        });
    }

    [Fact]
    public async Task AddCloudNativeTelemetry_StandardVariables_WinInTheResource()
    {
        await using var run = await TelemetryRun.StartAsync(
            builder => Shop(builder).AddCloudNativeTelemetry(),
            configuration:
            [
                ("OTEL_SERVICE_NAME", "from-variable"),
                ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=blue,service.version=9"),
            ]);

        var resource = run.Receiver.Spans.First().Resource;
        Assert.Equal("from-variable", resource["service.name"]);
        Assert.Equal("9", resource["service.version"]);
        Assert.Equal("blue", resource["deployment.environment.name"]);
        Assert.Equal("shop-1", resource["service.instance.id"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddCloudNativeTelemetry_ServiceConfiguresResource_KeepsIt(bool oursFirst)
    {
        await using var run = await TelemetryRun.StartAsync(builder =>
        {
            Shop(builder);
            if (oursFirst)
            {
                builder.Services.AddCloudNativeTelemetry();
            }

            builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("theirs", serviceVersion: "7"));
            if (!oursFirst)
            {
                builder.Services.AddCloudNativeTelemetry();
            }
        });

        Assert.All([run.Receiver.Spans.First(), run.Receiver.Metrics.First(), run.Receiver.Logs.First()], record =>
        {
            Assert.Equal("theirs", record.Resource["service.name"]);
            Assert.Equal("7", record.Resource["service.version"]);
            Assert.Equal("zone-a", record.Resource["cloud.availability_zone"]);
        });
    }

    public static TheoryData<string, bool> ExistingSetups()
    {
        var data = new TheoryData<string, bool>();
        foreach (var name in Setups.Keys)
        {
            data.Add(name, true);
            data.Add(name, false);
        }

        return data;
    }

    private static Dictionary<string, Action<HostApplicationBuilder>> Setups { get; } = new()
    {
        ["UseOtlpExporter"] = builder => builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource("CloudNative.Tests"))
            .WithMetrics(metrics => metrics.AddMeter("CloudNative.Tests"))
            .UseOtlpExporter(),
        ["AddOtlpExporter per signal"] = builder => builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource("CloudNative.Tests").AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter("CloudNative.Tests").AddOtlpExporter())
            .WithLogging(logging => logging.AddOtlpExporter()),
        ["AddOtlpExporter with one name"] = builder => builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddOtlpExporter("main", (Action<OpenTelemetry.Exporter.OtlpExporterOptions>?)null))
            .WithMetrics(metrics => metrics.AddOtlpExporter("main", (Action<OpenTelemetry.Exporter.OtlpExporterOptions>?)null))
            .WithLogging(logging => logging.AddOtlpExporter("main", (Action<OpenTelemetry.Exporter.OtlpExporterOptions>?)null)),
        ["AddOtlpExporter for traces only"] = builder => builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddOtlpExporter()),
        ["AddOtlpExporter for metrics only"] = builder => builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddOtlpExporter((_, reader) =>
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 60_000)),
        ["Logging.AddOpenTelemetry with exporter"] = builder => builder.Logging.AddOpenTelemetry(options => options.AddOtlpExporter()),
        ["Nothing exported"] = builder =>
        {
            builder.Logging.AddOpenTelemetry(options => options.IncludeScopes = true);
            builder.Services.AddOpenTelemetry()
                .WithTracing(tracing => tracing.AddSource("CloudNative.Tests"))
                .WithMetrics(metrics => metrics.AddMeter("CloudNative.Tests"));
        },
    };

    private static IServiceCollection Shop(HostApplicationBuilder builder) => builder.Services.AddSingleton(
        new ServiceInfo { Name = "shop", InstanceId = "shop-1", Version = "1.2.3", Zone = "zone-a" });

    private static void AssertOnce(TelemetryRun run) =>
        Assert.Equal((1, 1, 1), (run.SpanCount, run.MetricCount, run.LogCount));
}
