using CloudNative.Http.Analyzers.Harness;

namespace CloudNative.Http.Analyzers;

public sealed class OwnDiallingAnalyzerTests
{
    private const string Plain = "services.AddHttpClient(\"a\", h => h.BaseAddress = new Uri(\"http://catalog\"))";
    private const string Dual = "services.AddHttpClient(\"a\", h => h.BaseAddress = new Uri(\"https+http://catalog\"))";
    private const string Dial = "ConnectCallback = (_, _) => default";
    private const string Proxy = "Proxy = new WebProxy(\"http://proxy:3128\")";
    private const string Automatic = "ClientCertificateOptions = ClientCertificateOption.Automatic";

    [Theory]
    [InlineData(Dual + ".ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { " + Dial + " });")]
    [InlineData(Dual + ".ConfigurePrimaryHttpMessageHandler(_ => { var own = new SocketsHttpHandler(); own." + Dial + "; return own; });")]
    [InlineData(Dual + ".UseSocketsHttpHandler((own, _) => own." + Dial + ");")]
    [InlineData(Dual + ".UseSocketsHttpHandler(sockets => sockets.Configure((own, _) => own." + Dial + "));")]
    [InlineData("services.AddHttpClient(\"a\").ConfigureHttpClient(h => h.BaseAddress = new(\"http://_admin.catalog\"))"
        + ".ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { " + Dial + " });")]
    [InlineData(Plain + ".ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { " + Proxy + " });")]
    [InlineData(Plain + ".ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { " + Automatic + " });")]
    [InlineData("services.AddGrpcClient<Program.C>(g => g.Address = new(\"http://catalog\"))"
        + ".ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { " + Proxy + " });")]
    [InlineData("var c = " + Plain + "; c.AddCloudNative(); "
        + "c.ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { " + Proxy + " });")]
    public async Task Handler_ThatLeavesAServiceUnresolved_IsFound(string body) =>
        Assert.StartsWith("CN9205 ", Assert.Single(await FindAsync(body)), StringComparison.Ordinal);

    [Theory]
    // It may be a socket file, and the name nothing but a Host header.
    [InlineData(Plain + ".ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { " + Dial + " });")]
    [InlineData(Dual + ".ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { ConnectCallback = null, Proxy = null });")]
    [InlineData(Dual + ".ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { " + Proxy + ", UseProxy = false });")]
    [InlineData(Dual + ".ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { UseProxy = true });")]
    [InlineData(Dual + ".ConfigurePrimaryHttpMessageHandler(() => new Mock());")]
    [InlineData(Dual + "; services.AddHttpClient(\"b\")"
        + ".ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { " + Proxy + " });")]
    [InlineData("services.AddHttpClient(\"a\", h => h.BaseAddress = new(\"https://api.example.com\"))"
        + ".ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { " + Proxy + " });")]
    [InlineData(Plain + ".UseSocketsHttpHandler((own, _) => { if (Debugger.IsAttached) { own." + Proxy + "; } });")]
    [InlineData("services.AddHttpClient(\"a\", h => { if (Debugger.IsAttached) h.BaseAddress = new(\"http://catalog\"); })"
        + ".ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { " + Proxy + " });")]
    [InlineData("services.AddHttpClient(\"a\", h => h.BaseAddress = new(\"http://printer:631\"))"
        + ".ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { " + Proxy + " });")]
    // Lifetimes break nothing: instances are picked for each request, whatever the age of the chain.
    [InlineData(Dual + ".SetHandlerLifetime(Timeout.InfiniteTimeSpan).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler {"
        + " PooledConnectionLifetime = Timeout.InfiniteTimeSpan });")]
    public async Task Handler_ThatThePipelineCanStandInFor_IsNot(string body) => Assert.Empty(await FindAsync(body));

    private static Task<IReadOnlyList<string>> FindAsync(string body) => Look.FindAsync<OwnDiallingAnalyzer>(
        body, "public sealed class C(CallInvoker calls) { public CallInvoker Calls => calls; } sealed class Mock : DelegatingHandler;");
}
