using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudNative.Sdk.Tests.Hosts;

/// <summary>A service with a Startup class, the way of .NET Core 3 and 5.</summary>
public sealed class StartupClassTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AddCloudNative_BeforeOrAfterTheWebHost_ProbesAnswer(bool before)
    {
        var builder = Host.CreateDefaultBuilder()
            .UseEnvironment(Environments.Production)
            .ConfigureLogging(logging => logging.ClearProviders())
            .ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(
                [KeyValuePair.Create<string, string?>("CloudNative:Discovery:Provider", "none")]));
        builder = before ? builder.AddCloudNative() : builder;
        builder = builder.ConfigureWebHostDefaults(web => web.UseUrls("http://127.0.0.1:0").UseStartup<Startup>());
        builder = before ? builder : builder.AddCloudNative();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var client = host.Client();

        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Startup
    {
        public void ConfigureServices(IServiceCollection services) => services.AddRouting();

        public void Configure(IApplicationBuilder app) => app.UseRouting().UseEndpoints(endpoints =>
        {
            endpoints.MapCloudNative();
            endpoints.MapCloudNative();
        });
    }
}
