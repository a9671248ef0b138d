using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Leases;

/// <summary>Answers an injected <see cref="ILeaseProvider"/> with the provider that was chosen for leases.</summary>
internal static class ChosenLeases
{
    public static ILeaseProvider Resolve(IServiceProvider services)
    {
        var choice = services.GetRequiredService<IProviderSelector>().Choose(CloudNativeFeatures.Leases);
        return choice.Provider is null
            ? throw new LeaseException(
                $"No provider serves leases: {choice.Reason}. "
                + "Name one in CloudNative:Leases:Provider, or add a provider (UseEmbedded()).")
            : services.GetRequiredKeyedService<ILeaseProvider>(choice.Provider);
    }
}
