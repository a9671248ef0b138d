using CloudNative.Lifecycle;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Sdk.Tests.Hosts;

/// <summary>A team's own tests of a service that has the two lines.</summary>
public sealed class WebApplicationFactoryTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Factory_ServiceWithTheTwoLines_StartsAnswersAndStopsWithoutWaiting(string environment)
    {
        await using var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.UseEnvironment(environment));
        using var client = factory.CreateClient();

        Assert.Equal("world", await client.GetStringAsync("/hello", TestContext.Current.CancellationToken));
        Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
        Assert.Equal(HostMode.Test, factory.Services.GetRequiredService<IHostModeProvider>().Mode);
        Assert.Empty(factory.Services.GetRequiredService<IListeningAddresses>().GetAddresses());
    }

    [Fact]
    public async Task Factory_RequestStillOpenAtTheEnd_DoesNotHoldUpTheTests()
    {
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.Configure(app => app.Use(
            (RequestDelegate _) => context => Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted))));
        using var client = factory.CreateClient();
        using var patience = new CancellationTokenSource();
        var request = client.GetStringAsync("/", patience.Token);

        await factory.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => request);
    }
}
