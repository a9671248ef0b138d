using System.Net;
using Brownfield.Defaults;
using CloudNative.TestSupport.Otlp;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CloudNative.Brownfield.Tests.Defaults;

/// <summary>What the team of the ServiceDefaults app tests.</summary>
public abstract class DefaultsTests(bool withCloudNative)
{
    private const int Server = 2;
    private const int Client = 3;

    [Fact]
    public async Task Offers_BothNeighboursAnswer_AreMerged()
    {
        await using var catalog = await StubService.StartAsync(_ => (200, "Lamp"));
        await using var pricing = await StubService.StartAsync(_ => (200, "30 EUR"));
        await using var service = Create(catalog, pricing);
        using var client = service.CreateClient();

        Assert.Equal("Lamp: 30 EUR", await client.GetStringAsync("/offers/7", Test.Stop));
        Assert.Equal((1, 1), (catalog.Calls, pricing.Calls));
    }

    [Fact]
    public async Task Offers_NeighbourFailsTwice_IsAskedThreeTimes()
    {
        await using var catalog = await StubService.StartAsync(call => call < 3 ? (503, "") : (200, "Lamp"));
        await using var pricing = await StubService.StartAsync(_ => (200, "30 EUR"));
        await using var service = Create(catalog, pricing);
        using var client = service.CreateClient();

        Assert.Equal("Lamp: 30 EUR", await client.GetStringAsync("/offers/7", Test.Stop));
        Assert.Equal((3, 1), (catalog.Calls, pricing.Calls));
    }

    [Fact]
    public async Task Offers_NeighbourKeepsFailing_IsAskedFourTimes()
    {
        await using var catalog = await StubService.StartAsync(_ => (503, ""));
        await using var pricing = await StubService.StartAsync(_ => (200, "30 EUR"));
        await using var service = Create(catalog, pricing);
        using var client = service.CreateClient();

        using var response = await client.GetAsync(new Uri("/offers/7", UriKind.Relative), Test.Stop);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(4, catalog.Calls);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/alive")]
    public async Task DefaultEndpoints_Development_Answer(string path)
    {
        await using var service = new ServiceHost<CatalogClient>(withCloudNative);
        using var client = service.CreateClient();

        Assert.Equal("Healthy", await client.GetStringAsync(path, Test.Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Telemetry_OneRequest_IsExportedOnce(bool cloudNativeFirst)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var catalog = await StubService.StartAsync(_ => (200, "Lamp"));
        await using var pricing = await StubService.StartAsync(_ => (200, "30 EUR"));
        var trace = new TraceContext();
        await using (var service = Create(
            catalog,
            pricing,
            ("CloudNativeFirst", cloudNativeFirst ? "true" : "false"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.HttpEndpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_SERVICE_NAME", "offers")))
        {
            using var client = service.CreateClient();
            using var response = await trace.GetAsync(client, "/offers/7");
            response.EnsureSuccessStatusCode();
            using var health = await trace.GetAsync(client, "/health");

            // Their exporters send through IHttpClientFactory, which may be gone before them when the host ends. And a request's span
            // ends after its response was read.
            await receiver.WaitAsync(received => Flush(service.Services)
                && received.Spans.Any(span => span.TraceId == trace.Id && span.Kind == Server)
                && received.Logs.Any(log => log.Name == "Offer 7 asked for")
                && received.Metrics.Any(metric => metric.Name == "http.server.request.duration"));
        }

        var spans = receiver.Spans.Where(span => span.TraceId == trace.Id).ToList();
        Assert.Equal("GET /offers/{id:int}", Assert.Single(spans, span => span.Kind == Server).Name);
        Assert.Equal(2, spans.Count(span => span.Kind == Client));
        Assert.Equal(3, spans.Count);
        Assert.All(spans, span => Assert.Equal("offers", span.Resource["service.name"]));
        Assert.Single(receiver.Logs, log => log.Name == "Offer 7 asked for");
    }

    private static bool Flush(IServiceProvider services) =>
        services.GetRequiredService<TracerProvider>().ForceFlush()
        && services.GetRequiredService<MeterProvider>().ForceFlush()
        && services.GetRequiredService<LoggerProvider>().ForceFlush();

    private protected ServiceHost<CatalogClient> Create(
        StubService catalog, StubService pricing, params IEnumerable<(string Key, string Value)> settings) => new(
        withCloudNative,
        settings:
        [
            ("Services:catalog:http:0", catalog.Address),
            ("Services:pricing:http:0", pricing.Address),
            ("Retry:Delay", "00:00:00.005"),
            .. settings,
        ]);
}
