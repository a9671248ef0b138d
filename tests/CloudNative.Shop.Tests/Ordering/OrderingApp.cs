extern alias ordering;

using CloudNative.Shop.Tests.Events;
using CloudNative.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Shop.Tests.Ordering;

/// <summary>Ordering in this process; its calls to the catalog end in a handler that the test gives.</summary>
internal sealed class OrderingApp(Func<HttpMessageHandler> catalog, string? directory = null) : WebApplicationFactory<ordering::Program>
{
    private readonly TemporaryDirectory _own = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseOwnData(directory ?? _own.Path);
        builder.ConfigureTestServices(services =>
            services.AddHttpClient("PriceListClient").ConfigurePrimaryHttpMessageHandler(catalog));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _own.Dispose();
    }
}
