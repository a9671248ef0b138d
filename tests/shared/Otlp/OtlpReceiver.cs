using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.TestSupport.Otlp;

/// <summary>A collector on loopback that keeps what it gets: OTLP over gRPC and over HTTP, each on a port of its own.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<OtlpRecord> Spans { get; } = [];

    public ConcurrentQueue<OtlpRecord> Metrics { get; } = [];

    public ConcurrentQueue<OtlpRecord> Logs { get; } = [];

    public ConcurrentQueue<string> Headers { get; } = [];

    public string HttpEndpoint { get; private set; } = "";

    public string GrpcEndpoint { get; private set; } = "";

    /// <summary>Answers 503 to all exports while set.</summary>
    public bool Broken { get; set; }

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });

        // In the process of the service under test: what this server says about itself must not count as the service's.
        builder.Services.AddSingleton(new ActivitySource("Stub"));
        builder.Services.AddSingleton(new DiagnosticListener("Stub"));
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.Run(receiver.ReceiveAsync);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        receiver.HttpEndpoint = addresses[0];
        receiver.GrpcEndpoint = addresses[1];
        return receiver;
    }

    /// <summary>Waits until something arrived that fulfils the condition.</summary>
    public async Task WaitAsync(Func<OtlpReceiver, bool> condition)
    {
        var limit = Task.Delay(TimeSpan.FromSeconds(30));
        while (!condition(this))
        {
            if (limit.IsCompleted)
            {
                throw new TimeoutException(
                    $"Not received within 30 s; got {Spans.Count} spans, {Metrics.Count} metrics, {Logs.Count} log records.");
            }

            await Task.Delay(20);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var isGrpc = context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is true;
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        if (Broken)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        foreach (var header in context.Request.Headers)
        {
            Headers.Enqueue($"{header.Key}: {header.Value}");
        }

        // A gRPC message has a flag and four bytes of length before it.
        Keep(context.Request.Path.Value ?? "", buffer.ToArray().AsSpan(isGrpc ? 5 : 0));
        if (isGrpc)
        {
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]);
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else
        {
            context.Response.ContentType = "application/x-protobuf";
        }
    }

    private void Keep(string path, ReadOnlySpan<byte> request)
    {
        switch (path)
        {
            case "/v1/traces" or "/opentelemetry.proto.collector.trace.v1.TraceService/Export":
                Add(Spans, OtlpDecoder.Read(request, OtlpDecoder.Span));
                break;
            case "/v1/metrics" or "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export":
                Add(Metrics, OtlpDecoder.Read(request, OtlpDecoder.Metric));
                break;
            case "/v1/logs" or "/opentelemetry.proto.collector.logs.v1.LogsService/Export":
                Add(Logs, OtlpDecoder.Read(request, OtlpDecoder.Log));
                break;
            default:
                throw new InvalidOperationException($"No OTLP path: {path}");
        }
    }

    private static void Add(ConcurrentQueue<OtlpRecord> queue, List<OtlpRecord> records)
    {
        foreach (var record in records)
        {
            queue.Enqueue(record);
        }
    }
}
