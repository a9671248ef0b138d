using CloudNative.Http.Analyzers.Harness;

namespace CloudNative.Http.Analyzers;

public sealed class RetryLoopAnalyzerTests
{
    private const string Client = "services.AddHttpClient(\"a\", h => h.BaseAddress = new Uri(\"http://catalog\"))";

    private const string Loop = """
        for (var attempt = 0; attempt < 3; attempt++)
        {
            try { return await base.SendAsync(request, token); } catch (HttpRequestException) { }
        }

        throw new HttpRequestException("again and again");
        """;

    private const string Polly = "return await policy.ExecuteAsync(() => base.SendAsync(request, token));";

    [Theory]
    [InlineData(Client + ".AddHttpMessageHandler<Own>();", Loop)]
    [InlineData(Client + ".AddHttpMessageHandler(() => new Own());", Loop)]
    [InlineData(Client + ".AddHttpMessageHandler(provider => provider.GetRequiredService<Own>());", Loop)]
    [InlineData(Client + ".AddHttpMessageHandler(provider => { var own = new Own(); return own; });", Loop)]
    [InlineData("services.AddHttpClient(\"a\").AddHttpMessageHandler<Own>().ConfigureHttpClient(h => h.BaseAddress = "
        + "new(\"http://catalog\"));",
        Loop)]
    [InlineData(Client + "; services.AddHttpClient(\"a\").AddHttpMessageHandler<Own>();", Loop)]
    [InlineData(Client + ".AddHttpMessageHandler<Derived>();", Loop)]
    [InlineData(Client + ".AddHttpMessageHandler<Own>();", Polly)]
    public async Task Handler_ThatRepeatsInsideThePipeline_IsFound(string body, string send) =>
        Assert.StartsWith("CN9202 AddHttpMessageHandler", Assert.Single(await FindAsync(body, send)), StringComparison.Ordinal);

    [Theory]
    [InlineData(Client + ".AddHttpMessageHandler<Own>();",
        "request.Headers.Add(\"a\", \"b\"); return await base.SendAsync(request, token);")]
    // A new token after 401 is no retry of ours.
    [InlineData(Client + ".AddHttpMessageHandler<Own>();", """
        var answer = await base.SendAsync(request, token);
        return answer.StatusCode == HttpStatusCode.Unauthorized ? await base.SendAsync(request, token) : answer;
        """)]
    [InlineData("services.AddHttpClient(\"a\", h => h."
        + "BaseAddress = new Uri(\"https://api.example.com\")).AddHttpMessageHandler<Own>();", Loop)]
    [InlineData("services.AddHttpClient(\"a\").AddHttpMessageHandler<Own>();", Loop)]
    [InlineData("services.AddHttpClient(\"a\", h => h.BaseAddress = new(\"http://jaeger:4317\")).AddHttpMessageHandler<Own>();", Loop)]
    [InlineData("var c = " + Client + ".AddHttpMessageHandler<Own>(); c.AddStandardResilienceHandler();", Loop)]
    [InlineData(Client + "; services.AddHttpClient(\"b\").AddHttpMessageHandler<Own>();", Loop)]
    public async Task Handler_ThatSendsOnceOrElsewhere_IsNot(string body, string send) => Assert.Empty(await FindAsync(body, send));

    private static Task<IReadOnlyList<string>> FindAsync(string body, string send) => Look.FindInAsync<RetryLoopAnalyzer>(
        [
            $$"""static class Setup { static void Add(IServiceCollection services) { {{body}} } }""",
            $$"""
            sealed class Derived : Own;

            class Own : DelegatingHandler
            {
                static readonly Polly.Retry.AsyncRetryPolicy<HttpResponseMessage> policy =
                    Policy<HttpResponseMessage>.Handle<HttpRequestException>().RetryAsync(3);

                public static object Unused => policy;

                protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
                {
                    {{send}}
                }
            }
            """,
        ]);
}
