extern alias catalog;

using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace App._1.Tests.Catalog;

/// <summary>The catalog in this process: it registers nowhere, and its events stay in memory.</summary>
public sealed class CatalogApp : WebApplicationFactory<catalog::Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder) =>
        builder.ConfigureTestServices(services => services.AddEventsTestHarness());
}
