using CloudNative.TestSupport.Otlp;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace CloudNative.Brownfield.Tests.SerilogOtel;

public sealed class SerilogOtelWithCloudNativeTests() : SerilogOtelTests(withCloudNative: true)
{
    [Fact]
    public async Task Greet_Traced_ArrivesOnceByUs()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var trace = new TraceContext();
        await using (var service = Create(receiver, "services"))
        {
            using var client = service.CreateClient();
            using var response = await trace.GetAsync(client, "/greet/Ann");
            using var probe = await trace.GetAsync(client, "/health/ready");
            probe.EnsureSuccessStatusCode();

            // A request's span ends after its response was read.
            var traces = service.Services.GetRequiredService<TracerProvider>();
            await receiver.WaitAsync(received =>
                traces.ForceFlush() && received.Spans.Any(span => span.TraceId == trace.Id));
        }

        Assert.Equal("GET /greet/{name}", Assert.Single(receiver.Spans, span => span.TraceId == trace.Id).Name);
    }
}
