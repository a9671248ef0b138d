using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudNative.Eventing.Memory;

/// <summary>Adds the transport that keeps everything in memory: it serves by itself in a test host, elsewhere when it is named.</summary>
internal static class MemoryTransportServices
{
    public static void Add(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<MemoryStore>();
        services.TryAddKeyedSingleton<IEventTransport>(
            MemoryTransport.Name, (provider, _) => new MemoryTransport(provider.GetRequiredService<MemoryStore>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPendingEvents, MemoryPendingEvents>());
        services.AddProviderOffer(new ProviderOffer(MemoryTransport.Name, CloudNativeFeatures.Eventing, ProviderRank.Test));
    }
}
