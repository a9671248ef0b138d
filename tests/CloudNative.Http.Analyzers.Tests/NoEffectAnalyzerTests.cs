using CloudNative.Http.Analyzers.Harness;
using Microsoft.CodeAnalysis;

namespace CloudNative.Http.Analyzers;

public sealed class NoEffectAnalyzerTests
{
    private const string Fallback = "AddCloudNativeFallback((_, _) => default)";

    [Theory]
    [InlineData("var c = services.AddHttpClient(\"a\"); c.AddStandardResilienceHandler(); c." + Fallback + ";")]
    [InlineData("var c = services.AddHttpClient(\"a\"); c." + Fallback + "; c.AddStandardHedgingHandler();")]
    [InlineData("services.AddHttpClient(\"a\")." + Fallback + ".AddTransientHttpErrorPolicy(p => p.RetryAsync(2));")]
    [InlineData("services.AddHttpClient(\"a\").AddPolicyHandler(Policy.NoOpAsync<HttpResponseMessage>())." + Fallback + ";")]
    [InlineData("services.AddHttpClient(\"a\")." + Fallback + ".AddResilienceHandler(\"own\", "
        + "p => p.AddTimeout(TimeSpan.FromSeconds(1)));")]
    [InlineData("services.AddHttpClient(\"a\").AddStandardResilienceHandler(); "
        + "services.AddHttpClient(\"a\")." + Fallback + ";")]
    [InlineData("services.AddHttpClient<C>().AddStandardResilienceHandler(); "
        + "services.AddLogging().AddHttpClient<C>()." + Fallback + ";")]
    [InlineData("services.ConfigureHttpClientDefaults(d => d.AddStandardResilienceHandler()); "
        + "services.AddHttpClient(\"a\")." + Fallback + ";")]
    [InlineData("""
        services.ConfigureHttpClientDefaults(d => { d.AddServiceDiscoveryOfOwn(); d.AddStandardResilienceHandler().Configure(o => { }); });
        var c = services.AddHttpClient("a");
        if (id == "") { c.AddHttpMessageHandler(() => null!); }
        c.AddCloudNativeFallback((_, _) => default);
        """)]
    public async Task Fallback_OfAClientWithOwnResilience_IsFound(string body) =>
        Assert.Equal(["CN9204 AddCloudNativeFallback"], await FindAsync(body));

    [Theory]
    [InlineData("services.AddHttpClient(\"a\").AddIdempotentRequests(_ => true)"
        + ".AddStandardResilienceHandler();", "AddIdempotentRequests")]
    [InlineData("services.AddGrpcClient<C>().AddIdempotentMethods(\"/a.B/C\").AddStandardResilienceHandler();", "AddIdempotentMethods")]
    public async Task Idempotence_OfAClientWithOwnResilience_IsFound(string body, string expected) =>
        Assert.Equal([$"CN9204 {expected}"], await FindAsync(body));

    [Theory]
    // Own resilience and discovery: what a service that exists has, and may keep.
    [InlineData("services.AddHttpClient(\"a\").AddStandardResilienceHandler();")]
    [InlineData("services.AddHttpClient(\"a\").AddCloudNative().AddStandardResilienceHandler();")]
    [InlineData("services.ConfigureHttpClientDefaults(d => d.AddStandardResilienceHandler()); "
        + "services.AddHttpClient(\"a\").AddCloudNative();")]
    [InlineData("services.AddHttpClient(\"a\")." + Fallback + "; "
        + "services.AddHttpClient(\"b\").AddStandardResilienceHandler();")]
    [InlineData("services.AddHttpClient(\"a\")." + Fallback + "; "
        + "new ServiceCollection().AddHttpClient(\"a\").AddStandardResilienceHandler();")]
    [InlineData("services.AddHttpClient(id)." + Fallback + "; services.AddHttpClient(id + id).AddStandardResilienceHandler();")]
    [InlineData("var c = services.AddHttpClient(\"a\"); if (id == \"\") { c.AddStandardResilienceHandler(); "
        + "} c." + Fallback + ";")]
    [InlineData("var c = services.AddHttpClient(\"a\"); _ = id == \"\" ? (object)c.AddStandardResilienceHandler() : "
        + "c." + Fallback + ";")]
    [InlineData("var c = services.AddHttpClient(\"a\"); if (id == \"\") c.AddStandardResilienceHandler(); "
        + "else c." + Fallback + ";")]
    [InlineData("""
        services.ConfigureHttpClientDefaults(d => d.AddStandardResilienceHandler());
        services.AddHttpClient("a").RemoveAllResilienceHandlers().AddCloudNativeFallback((_, _) => default);
        """)]
    [InlineData("services.AddHttpClient(\"a\").AddStandardResilienceHandler(3)." + Fallback + ";")]
    public async Task Client_ThatHasOneOfTheTwo_IsNot(string body) => Assert.Empty(await FindAsync(body));

    [Fact]
    public async Task Builder_OfAParameter_IsTheClient() => Assert.Single(await Look.FindAsync<NoEffectAnalyzer>(
        "", "static void Add(IHttpClientBuilder c) { c.AddStandardResilienceHandler(); c." + Fallback + "; }"));

    [Fact]
    public async Task TopLevelStatements_AreRead() => Assert.Equal(
        ["CN9204 AddCloudNativeFallback"],
        await Look.FindInAsync<NoEffectAnalyzer>(
            ["""
            var builder = Host.CreateApplicationBuilder(args);
            builder.AddCloudNative();
            builder.Services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
            builder.Services.AddHttpClient("catalog", http => http.BaseAddress = new Uri("https+http://catalog"))
                .AddCloudNativeFallback((failed, token) => default);
            builder.Build().Run();
            """],
            OutputKind.ConsoleApplication));

    private static Task<IReadOnlyList<string>> FindAsync(string body) => Look.FindInAsync<NoEffectAnalyzer>(
        [$$"""
        #pragma warning disable EXTEXP0001
        class C;
        static class Own
        {
            public static IHttpClientBuilder AddServiceDiscoveryOfOwn(this IHttpClientBuilder client) => client;
            public static IHttpClientBuilder AddStandardResilienceHandler(this IHttpClientBuilder client, int own) => client;
        }
        static class Setup { static void Add(IServiceCollection services, string id) { {{body}} } }
        """]);
}
