using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Brownfield.Tests;

/// <summary>A service in a test server, as its own team runs it; with or without the two lines.</summary>
/// <param name="withCloudNative">Whether the two lines are there.</param>
/// <param name="environment">The host's environment.</param>
/// <param name="settings">Configuration, as on a command line.</param>
/// <param name="services">What the test replaces.</param>
/// <typeparam name="TService">Any type of the service.</typeparam>
internal sealed class ServiceHost<TService>(
    bool withCloudNative,
    string environment = "Development",
    IEnumerable<(string Key, string Value)>? settings = null,
    Action<IServiceCollection>? services = null) : WebApplicationFactory<TService>
    where TService : class
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("WithCloudNative", withCloudNative ? "true" : "false");
        foreach (var (key, value) in settings ?? [])
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(collection => services?.Invoke(collection));
    }
}
