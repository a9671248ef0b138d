using System.Net;
using CloudNative.Lifecycle;
using CloudNative.Sdk.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.Serving;

public sealed class ServerAddressesTests
{
    [Theory]
    [InlineData("http://[::]:5000", "http://[::]:5000/")]
    [InlineData("http://*:8080", "http://[::]:8080/")]
    [InlineData("https://+:443/", "https://[::]/")]
    [InlineData("http://127.0.0.1:5001", "http://127.0.0.1:5001/")]
    [InlineData("http://unix:/tmp/kestrel.sock", null)]
    [InlineData("http://pipe:/kestrel", null)]
    public void Parse_AsServersWriteThem_GivesWhatHasAPort(string address, string? expected) =>
        Assert.Equal(expected, ServerAddresses.Parse(address)?.AbsoluteUri);

    [Fact]
    public async Task GetAddresses_RealServer_HasThePortItGot()
    {
        var builder = WebAppUnderTest.CreateBuilder();
        builder.AddCloudNative();
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal([app.Address()], app.Services.GetRequiredService<IListeningAddresses>().GetAddresses());
    }

    [Fact]
    public async Task GetName_SecondEndpointForHttp2OnAnyPort_IsTheAddressThatSpeaksIt()
    {
        var builder = WebAppUnderTest.CreateBuilder(
            ("Kestrel:Endpoints:http:Url", "http://127.0.0.1:0"),
            ("Kestrel:Endpoints:grpc:Url", "http://127.0.0.1:0"),
            ("Kestrel:Endpoints:grpc:Protocols", "Http2"));
        builder.AddCloudNative();
        await using var app = builder.Build();
        app.MapGet("/", (HttpRequest request) => request.Protocol);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var addresses = app.Services.GetRequiredService<IListeningAddresses>();

        var named = addresses.GetAddresses().ToLookup(addresses.GetName);

        Assert.Equal("HTTP/2", await AskAsync(Assert.Single(named["grpc"]), HttpVersion.Version20));
        Assert.Equal("HTTP/1.1", await AskAsync(Assert.Single(named[null]), HttpVersion.Version11));
    }

    [Fact]
    public async Task GetAddresses_TestServer_HasNone()
    {
        var builder = WebAppUnderTest.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.AddCloudNative();
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Empty(app.Services.GetRequiredService<IListeningAddresses>().GetAddresses());
        Assert.Equal(HostMode.Test, app.Services.GetRequiredService<IHostModeProvider>().Mode);
    }

    private static async Task<string> AskAsync(Uri address, Version version)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
