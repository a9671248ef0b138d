using Brownfield.SerilogOtel;
using CloudNative.TestSupport.Otlp;

namespace CloudNative.Brownfield.Tests.SerilogOtel;

/// <summary>What the team of the Serilog service tests: each log record arrives, once, as their sink sends it.</summary>
public abstract class SerilogOtelTests(bool withCloudNative)
{
    [Theory]
    [InlineData("services")]
    [InlineData("provider")]
    [InlineData("factory and providers")]
    public async Task Greet_Logged_ArrivesOnceBySerilog(string serilogAs)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var trace = new TraceContext();
        await using (var service = Create(receiver, serilogAs))
        {
            using var client = service.CreateClient();
            using var response = await trace.GetAsync(client, "/greet/Ann");
            Assert.Equal("Hello Ann", await response.Content.ReadAsStringAsync(Test.Stop));
        }

        await receiver.WaitAsync(received => received.Logs.Any(IsGreeting));
        var log = Assert.Single(receiver.Logs, IsGreeting);
        Assert.Equal("greeter-by-serilog", log.Resource["service.name"]);
        Assert.Equal(trace.Id, log.TraceId);
    }

    private protected ServiceHost<Greeting> Create(OtlpReceiver receiver, string serilogAs) => new(
        withCloudNative,
        settings:
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.HttpEndpoint),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("SerilogAs", serilogAs),
        ]);

    private protected static bool IsGreeting(OtlpRecord log) => log.Name.Contains("Greeted", StringComparison.Ordinal);
}
