using CloudNative.Http.Analyzers.Harness;

namespace CloudNative.Http.Analyzers;

public sealed class ChannelRetryAnalyzerTests
{
    private const string Policy = "RetryPolicy = new RetryPolicy { MaxAttempts = 3 }";
    private const string Inline = "ServiceConfig = new() { MethodConfigs = { new MethodConfig { " + Policy + " } } }";
    private const string Client = "services.AddGrpcClient<C>(g => g.Address = new Uri(\"http://catalog\"))";

    [Theory]
    [InlineData(Client + ".ConfigureChannel(o => o." + Inline + ");")]
    [InlineData(Client + ".AddIdempotentMethods(\"/a.B/C\").ConfigureChannel((_, o) => { o." + Inline + "; });")]
    [InlineData("services.AddGrpcClient<C>().ConfigureChannel(o => o." + Inline + ");")]
    // The run time asks discovery for any single label and warns, too.
    [InlineData("services.AddGrpcClient<C>(g => g.Address = new(\"http://catalog:5001\")).ConfigureChannel(o => o." + Inline + ");")]
    [InlineData("services.AddGrpcClient<C>(g => g.ChannelOptionsActions.Add(o => o." + Inline + "));")]
    [InlineData("var c = " + Client + "; c.ConfigureChannel(o => o." + Inline + ");")]
    // As Microsoft's page on transient faults has it.
    [InlineData("""
        var defaults = new MethodConfig { Names = { MethodName.Default }, RetryPolicy = new RetryPolicy { MaxAttempts = 5 } };
        services.AddGrpcClient<C>(o => o.Address = new("https://catalog")).ConfigureChannel(o =>
        {
            o.ServiceConfig = new ServiceConfig { MethodConfigs = { defaults } };
        });
        """)]
    [InlineData("""
        var method = new MethodConfig();
        method.HedgingPolicy = new HedgingPolicy { MaxAttempts = 2 };
        var config = new ServiceConfig();
        config.MethodConfigs.Add(method);
        services.AddGrpcClient<C>().ConfigureChannel(o => o.ServiceConfig = config);
        """)]
    [InlineData("services.AddGrpcClient<C>().ConfigureChannel(o => o.ServiceConfig = Retries);")]
    public async Task Client_WhoseChannelRetriesToo_IsFound(string body) =>
        Assert.StartsWith("CN9203 ", Assert.Single(await FindAsync(body)), StringComparison.Ordinal);

    [Theory]
    [InlineData(Client + ".ConfigureChannel(o => o.ServiceConfig = new() { LoadBalancingConfigs = { new RoundRobinConfig() } });")]
    [InlineData(Client + ".ConfigureChannel(o => o.ServiceConfig = new() { "
        + "MethodConfigs = { new MethodConfig { RetryPolicy = null } } });")]
    [InlineData(Client + ".ConfigureChannel(o => o.MaxRetryAttempts = 2);")]
    // Nothing of ours repeats there.
    [InlineData("services.AddGrpcClient<C>(g => g.Address = new Uri(\"https://api.example.com\"))"
        + ".ConfigureChannel(o => o." + Inline + ");")]
    [InlineData("var c = " + Client + ".ConfigureChannel(o => o." + Inline + "); c.AddStandardResilienceHandler();")]
    [InlineData("GrpcChannel.ForAddress(\"cloudnative:///catalog\", new() { " + Inline + " });")]
    [InlineData("GrpcChannel.ForAddress(\"https://api.example.com\", new() { " + Inline + " });")]
    public async Task Client_ThatRetriesOnce_IsNot(string body) => Assert.Empty(await FindAsync(body));

    private static Task<IReadOnlyList<string>> FindAsync(string body) => Look.FindAsync<ChannelRetryAnalyzer>(
        body,
        "sealed class C(CallInvoker calls) { public CallInvoker Calls => calls; }"
        + "static readonly ServiceConfig Retries = new() { MethodConfigs = { new MethodConfig { " + Policy + " } } };");
}
