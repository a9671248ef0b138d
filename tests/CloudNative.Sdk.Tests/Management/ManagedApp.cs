using CloudNative.Eventing;
using CloudNative.Providers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.Management;

/// <summary>A web service with dead letters.</summary>
internal static class ManagedApp
{
    public const string Path = "/cloudnative/dead-letters";

    public static async Task<WebApplication> StartAsync(
        FakeDeadLetters? letters = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? use = null,
        params (string Key, string? Value)[] configuration)
    {
        var builder = WebAppUnderTest.CreateBuilder(configuration);
        if (letters is not null)
        {
            builder.Services.AddKeyedSingleton<IEventTransport>("fake", letters);
            builder.Services.AddProviderOffer(new ProviderOffer("fake", CloudNativeFeatures.Eventing, ProviderRank.Primary));
        }
        else
        {
            builder.Configuration["CloudNative:Eventing:Provider"] = "none";
        }

        builder.AddCloudNative();
        build?.Invoke(builder);
        var app = builder.Build();
        use?.Invoke(app);
        app.MapCloudNative();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
