using System.Net;
using CloudNative.Eventing;
using CloudNative.Sdk.Tests.Management;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.AsyncApi;

public sealed class MapAsyncApiTests
{
    private const string Path = "/asyncapi/v1.json";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Get_CallerOnThisMachine_GetsTheDocumentOfAllHandlers()
    {
        await using var app = await ManagedApp.StartAsync(use: app =>
        {
            app.MapAsyncApi();
            app.MapEvent<Parcel>("parcels", (_, _, _) => ValueTask.CompletedTask);
        });
        using var client = app.Client();

        using var response = await client.GetAsync(Path, Cancel);

        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(app.Services.GetRequiredService<IAsyncApiDocumentProvider>().GetDocumentText(), text);
        Assert.Contains("receive_parcels_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CallerBehindAProxy_FindsNothing()
    {
        await using var app = await ManagedApp.StartAsync(use: app => app.MapAsyncApi("/events.json"));
        using var client = app.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");

        using var response = await client.GetAsync("/events.json", Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Cancel));
    }

    [Fact]
    public async Task Get_ManagementIsOff_FindsNothing()
    {
        await using var app = await ManagedApp.StartAsync(
            use: app => app.MapAsyncApi(), configuration: ("CloudNative:Management:Enabled", "false"));
        using var client = app.Client();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(Path, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Get_HandlerThatCannotBe_SaysWhich()
    {
        // Its events are switched off, so the service runs.
        await using var app = await ManagedApp.StartAsync(
            use: app =>
            {
                app.MapEvent<string>("parcels", (_, _, _) => ValueTask.CompletedTask);
                app.MapAsyncApi();
            },
            configuration: ("CloudNative:Hosting:Mode", "DesignTime"));
        using var client = app.Client();

        using var response = await client.GetAsync(Path, Cancel);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("CN9002", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public void MapAsyncApi_WithoutAddCloudNative_NamesTheMissingLine()
    {
        var app = WebApplication.CreateBuilder().Build();

        var refused = Assert.Throws<InvalidOperationException>(() => app.MapAsyncApi());

        Assert.StartsWith("CN1020", refused.Message, StringComparison.Ordinal);
    }
}
