using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using CloudNative.Configuration;
using CloudNative.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Hosting.Tests.Wiring;

/// <summary>A worker: a host without a web server, on the plain runtime.</summary>
public sealed class WorkerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Hosting_AllThatItLoads_NeedsNoAspNetCore()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Walk(typeof(CloudNativeHostApplicationBuilderExtensions).Assembly, seen);
        using var configuration = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "CloudNative.Hosting.Tests.runtimeconfig.json")));
        var framework = configuration.RootElement.GetProperty("runtimeOptions").GetProperty("framework").GetProperty("name");

        Assert.Contains("CloudNative.Discovery", seen);
        Assert.DoesNotContain(seen, name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        Assert.Equal("Microsoft.NETCore.App", framework.GetString());
    }

    [Fact]
    public async Task Worker_HealthPortIsSet_AnswersProbesUntilItHasStopped()
    {
        var port = FreePort();
        using var host = Create(("CloudNative:Health:Port", $"{port}")).Build();
        await host.StartAsync(Cancel);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", Cancel));
        await host.StopAsync(Cancel);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/health/ready", Cancel));
    }

    [Fact]
    public async Task Worker_NothingConfigured_RegistersNowhereAndListensNowhere()
    {
        using var host = Create().Build();
        await host.StartAsync(Cancel);

        Assert.Null(host.Services.GetService<CloudNative.Lifecycle.IListeningAddresses>());
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Worker_InProductionWithoutAProvider_IsRefusedAndToldWhatToName()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.AddCloudNative();
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<CloudNativeConfigurationException>(() => host.StartAsync(Cancel));

        Assert.Contains("cloud.UseEmbedded()", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_InATestHost_IsServedByMemory()
    {
        using var host = Create(("CloudNative:Hosting:Mode", "Test"), ("CloudNative:Discovery:Provider", "consul")).Build();
        await host.StartAsync(Cancel);

        var choice = host.Services.GetRequiredService<CloudNative.Providers.IProviderSelector>().Choose(CloudNativeFeatures.Discovery);
        Assert.NotNull(host.Services.GetKeyedService<IServiceRegistry>(choice.Provider));
        await host.StopAsync(Cancel);
    }

    private static HostApplicationBuilder Create(params (string Key, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Production" });
        builder.Configuration["CloudNative:Discovery:Provider"] = "none";
        foreach (var (key, value) in configuration)
        {
            builder.Configuration[key] = value;
        }

        builder.AddCloudNative();
        return builder;
    }

    private static void Walk(Assembly assembly, HashSet<string> seen)
    {
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (seen.Add(reference.Name!) && !reference.Name!.StartsWith("System.", StringComparison.Ordinal))
            {
                Walk(Assembly.Load(reference), seen);
            }
        }
    }

    // Free a moment ago; the port has to be told beforehand.
    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
