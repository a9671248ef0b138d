using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Hosting.Tests;

/// <summary>What a provider package's <c>UseX</c> does, without an engine behind it.</summary>
internal static class FakeProviderExtensions
{
    public static ICloudNativeBuilder UseFake(
        this ICloudNativeBuilder builder, string provider, string feature, ProviderRank rank)
    {
        builder.Services.AddProviderOffer(new ProviderOffer(provider, feature, rank));
        return builder;
    }
}
