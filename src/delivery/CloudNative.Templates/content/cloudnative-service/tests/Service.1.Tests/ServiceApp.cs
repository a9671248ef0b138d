using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Service._1.Tests;

/// <summary>The service in this process: it registers nowhere, and its events stay in memory.</summary>
public sealed class ServiceApp : WebApplicationFactory<Program>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.ConfigureTestServices(services =>
    {
        // What the service calls is answered by the service itself.
        services.AddHttpClient("NeighbourClient").ConfigurePrimaryHttpMessageHandler(() => Server.CreateHandler());
#if (events)
        services.AddEventsTestHarness();
#endif
    });
}
