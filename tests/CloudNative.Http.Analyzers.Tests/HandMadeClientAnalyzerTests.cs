using CloudNative.Http.Analyzers.Harness;
using Microsoft.CodeAnalysis;

namespace CloudNative.Http.Analyzers;

public sealed class HandMadeClientAnalyzerTests
{
    [Theory]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"http://catalog\") };", "new Uri(\"http://catalog\")")]
    [InlineData("HttpClient http = new() { BaseAddress = new(\"https://catalog/api/\") };", "new(\"https://catalog/api/\")")]
    [InlineData("using var http = new HttpClient(); http.BaseAddress = new Uri(\"https+http://catalog\");",
        "new Uri(\"https+http://catalog\")")]
    [InlineData("var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 2 }); "
        + "await http.GetAsync(\"http://catalog/\");",
        "\"http://catalog/\"")]
    [InlineData("var own = new HttpClientHandler(); var http = new HttpClient(own, false); "
        + "await http.DeleteAsync(\"http://catalog/1\");",
        "\"http://catalog/1\"")]
    [InlineData("await new HttpClient().GetStringAsync($\"http://catalog/items/{id}\");", "$\"http://catalog/items/{id}\"")]
    [InlineData("const string Host = \"catalog\"; await new HttpClient().GetStringAsync($\"http://{Host}/items/{id}\");",
        "$\"http://{Host}/items/{id}\"")]
    [InlineData("await new HttpClient().GetStringAsync(\"http://catalog/items/\" + id);", "\"http://catalog/items/\" + id")]
    [InlineData("var root = new Uri(\"http://catalog/\"); await new HttpClient().GetStringAsync(new Uri(root, id));",
        "new Uri(root, id)")]
    [InlineData("await new HttpClient().GetFromJsonAsync<int>(\"http://_admin.catalog/count\");", "\"http://_admin.catalog/count\"")]
    [InlineData("await new HttpClient().GetAsync(\"https+http://catalog:8080/\");", "\"https+http://catalog:8080/\"")]
    [InlineData("var ask = new HttpRequestMessage(HttpMethod.Get, \"http://catalog/\"); "
        + "await new HttpClient().SendAsync(ask);", "ask")]
    [InlineData("await new HttpMessageInvoker(new SocketsHttpHandler()).SendAsync(new() { "
        + "RequestUri = new(\"http://catalog/\") }, default);",
        "new() { RequestUri = new(\"http://catalog/\") }")]
    [InlineData("services.AddSingleton(_ => new HttpClient { BaseAddress = new Uri(\"http://catalog\") });",
        "new Uri(\"http://catalog\")")]
    [InlineData("GrpcChannel.ForAddress(\"http://catalog\");", "\"http://catalog\"")]
    [InlineData("GrpcChannel.ForAddress(new Uri(\"https://catalog\"), new() { MaxRetryAttempts = 1 });",
        "new Uri(\"https://catalog\")")]
    [InlineData("var o = new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler() }; "
        + "GrpcChannel.ForAddress(\"http://_grpc.catalog\", o);",
        "\"http://_grpc.catalog\"")]
    public async Task Client_MadeByHandForAService_IsFound(string body, string expected) =>
        Assert.Equal([$"CN9201 {expected}"], await Look.FindAsync<HandMadeClientAnalyzer>(body));

    [Theory]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"http://localhost:5000\") };")]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"http://localhost\") };")]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"http://_admin.localhost\") };")]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"https://api.example.com\") };")]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"http://10.0.0.1\") };")]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"http://[::1]\") };")]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"http://2130706433\") };")]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"http://0x7f000001\") };")]
    // A machine of the intranet, a container beside this one: whoever gives the port knows where it is.
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(\"http://jaeger:4317\") };")]
    [InlineData("_ = new HttpClient { BaseAddress = new Uri(id) };")]
    [InlineData("await new HttpClient().GetAsync($\"http://{id}/x\");")]
    [InlineData("await new HttpClient().GetAsync($\"http://catalog{id}/x\");")]
    [InlineData("await new HttpClient().GetAsync(\"http://catalog\" + id);")]
    [InlineData("await new HttpClient().GetAsync(\"/items\");")]
    public async Task Address_ThatIsNoServiceOrNotKnown_IsNot(string body) =>
        Assert.Empty(await Look.FindAsync<HandMadeClientAnalyzer>(body));

    [Theory]
    [InlineData("await new HttpClient(handlers.Create(\"x\", new SocketsHttpHandler())).GetAsync(\"http://catalog/\");")]
    [InlineData("await new HttpClient(new Own()).GetAsync(\"http://catalog/\");")]
    [InlineData("_ = new HttpClient(new SocketsHttpHandler { ConnectCallback = (_, _) => default }) { "
        + "BaseAddress = new(\"http://docker\") };")]
    [InlineData("""
        var own = new SocketsHttpHandler();
        own.ConnectCallback = (_, _) => default;
        _ = new HttpClient(own) { BaseAddress = new("http://docker") };
        """)]
    [InlineData("_ = new HttpClient(new HttpClientHandler { Proxy = new WebProxy(\"http://proxy:3128\") }) { "
        + "BaseAddress = new(\"http://intranet\") };")]
    [InlineData("var http = new HttpClient(); http = Made(); await http.GetAsync(\"http://catalog/\");")]
    [InlineData("await Made().GetAsync(\"http://catalog/\");")]
    [InlineData("services.AddHttpClient(\"catalog\", http => http.BaseAddress = new Uri(\"http://catalog\"));")]
    [InlineData("var o = new GrpcChannelOptions(); o.HttpHandler = new Own(); GrpcChannel.ForAddress(\"http://catalog\", o);")]
    [InlineData("GrpcChannel.ForAddress(\"http://catalog\", new() { HttpHandler = handlers.Create(\"x\", "
        + "new SocketsHttpHandler()) });")]
    [InlineData("GrpcChannel.ForAddress(\"cloudnative:///catalog\", new() { Credentials = ChannelCredentials.Insecure });")]
    [InlineData("GrpcChannel.ForAddress(\"dns:///catalog\");")]
    public async Task Client_ThatMayFindServices_IsNot(string body) => Assert.Empty(await Look.FindAsync<HandMadeClientAnalyzer>(
        body, "sealed class Own : DelegatingHandler; static HttpClient Made() => null!;"));

    [Theory]
    [InlineData("static readonly HttpClient Shared = new();", true)]
    [InlineData("static HttpClient Shared { get; } = new HttpClient(new HttpClientHandler());", true)]
    [InlineData("static HttpClient Shared = new();", false)]
    [InlineData("static HttpClient Shared => new();", false)]
    [InlineData("static readonly HttpClient Shared = new(); static Program() { Shared = null!; }", false)]
    public async Task Client_OfAMember_IsJudgedWhenItIsSurelyOne(string member, bool isFound) => Assert.Equal(
        isFound ? ["CN9201 Address"] : [],
        await Look.FindAsync<HandMadeClientAnalyzer>(
            "await Shared.GetAsync(Address);", member + " static readonly Uri Address = new(\"http://catalog/\");"));

    [Fact]
    public async Task Members_InitialisedInACircle_EndNowhere() => Assert.Empty(await Look.FindAsync<HandMadeClientAnalyzer>(
        "await new HttpClient().GetAsync(A);", "static readonly Uri A = new(B, \"x\"); static readonly Uri B = new(A, \"y\");"));

    [Fact]
    public async Task TopLevelStatements_AreRead() => Assert.Equal(
        ["CN9201 \"http://catalog/\""],
        await Look.FindInAsync<HandMadeClientAnalyzer>(
            ["using var http = new HttpClient();\nConsole.WriteLine(await http.GetStringAsync(\"http://catalog/\"));"],
            OutputKind.ConsoleApplication));

    [Theory]
    [InlineData("// <auto-generated/>\n")]
    [InlineData("#pragma warning disable CN9201\n")]
    public async Task GeneratedCode_AndWhatIsSuppressed_IsNot(string head) =>
        Assert.Empty(await Look.FindInAsync<HandMadeClientAnalyzer>([head + Class]));

    [Fact]
    public async Task Project_WithoutThePackage_IsNot()
    {
        Assert.Single(await Look.FindInAsync<HandMadeClientAnalyzer>([Class]));
        Assert.Empty(await Look.FindInAsync<HandMadeClientAnalyzer>([Class], hasPackage: false));
    }

    private const string Class = "class C { HttpClient _http = new HttpClient { BaseAddress = new Uri(\"http://catalog\") }; }";
}
