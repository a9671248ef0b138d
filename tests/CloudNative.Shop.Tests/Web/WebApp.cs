extern alias web;

using CloudNative.Shop.Tests.Ordering;
using CloudNative.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Shop.Tests.Web;

/// <summary>The storefront in this process; its calls to catalog and ordering end in handlers that the test gives.</summary>
internal sealed class WebApp(Func<HttpMessageHandler> catalog, Func<HttpMessageHandler> ordering) : WebApplicationFactory<web::Program>
{
    private readonly TemporaryDirectory _data = new();

    /// <summary>Settings of the host.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Card network and management endpoints; nobody there unless the test says otherwise.</summary>
    public Func<HttpMessageHandler> Backstage { get; init; } = () => new BrokenCatalog();

    /// <summary>A client that keeps cookies and follows nothing, as a look behind the browser needs it.</summary>
    public HttpClient CreateBrowser() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Opens a port for a real browser.</summary>
    public Uri Listen()
    {
        // The port by a setting: UseKestrel(0) sets it beside a host that may have started by then.
        Settings[WebHostDefaults.ServerUrlsKey] = "http://127.0.0.1:0";
        UseKestrel();
        StartServer();
        return ClientOptions.BaseAddress;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("CLOUDNATIVE_DATA_DIRECTORY", _data.Path);
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddHttpClient("CatalogClient").ConfigurePrimaryHttpMessageHandler(catalog);
            services.AddHttpClient("OrderingClient").ConfigurePrimaryHttpMessageHandler(ordering);
            services.AddHttpClient("OrderChanges").ConfigurePrimaryHttpMessageHandler(ordering);
            services.AddHttpClient("OrderCounting").ConfigurePrimaryHttpMessageHandler(ordering);
            services.AddHttpClient("CardNetworkClient").ConfigurePrimaryHttpMessageHandler(Backstage);
            services.AddHttpClient("Events").ConfigurePrimaryHttpMessageHandler(Backstage);
            services.AddHttpClient("Faults").ConfigurePrimaryHttpMessageHandler(Backstage);
            services.AddHttpClient("DeadLetters").ConfigurePrimaryHttpMessageHandler(Backstage);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _data.Dispose();
    }
}
