extern alias ordering;

using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace App._1.Tests.Ordering;

/// <summary>Ordering in this process; what it asks the catalog is answered by a handler of the test's choice.</summary>
internal sealed class OrderingApp(Func<HttpMessageHandler> catalog) : WebApplicationFactory<ordering::Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.ConfigureTestServices(services =>
    {
        services.AddHttpClient("CatalogClient").ConfigurePrimaryHttpMessageHandler(catalog);
        services.AddEventsTestHarness();
    });
}
