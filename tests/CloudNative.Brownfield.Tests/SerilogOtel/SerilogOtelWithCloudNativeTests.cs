using CloudNative.TestSupport.Otlp;

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
        }

        Assert.Equal("GET /greet/{name}", Assert.Single(receiver.Spans, span => span.TraceId == trace.Id).Name);
    }
}
