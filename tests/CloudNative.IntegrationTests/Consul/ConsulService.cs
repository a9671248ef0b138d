using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>A service as its users write it, on a port of its own.</summary>
internal static class ConsulService
{
    public static async Task<WebApplication> RunAsync(ConsulServer server, string name, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CloudNative:Service:Name"] = name,
            ["CloudNative:Discovery:Provider"] = "Consul",
            ["CloudNative:Consul:Address"] = server.Address.ToString(),
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddCloudNative(cloud => cloud.UseConsul());
        builder.Services.AddHttpClient("catalog");
        var app = builder.Build();
        app.MapCloudNative();
        app.MapGet("/hello", () => $"hello of {name}");
        app.MapPost("/hello", () => $"hello of {name}");
        await app.StartAsync(cancellationToken);
        return app;
    }
}
