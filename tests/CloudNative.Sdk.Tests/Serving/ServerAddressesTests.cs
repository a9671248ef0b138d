using CloudNative.Lifecycle;
using CloudNative.Sdk.Serving;
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
}
