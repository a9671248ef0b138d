using CloudNative.Eventing.Configuration;
using CloudNative.Providers;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.Transport;

/// <summary>The transport of the provider that was chosen for events; looked up when it is first needed.</summary>
internal sealed class ChosenTransport(IServiceProvider services, IProviderSelector providers)
{
    private IEventTransport? _transport;

    /// <summary>Which provider, and why.</summary>
    public ProviderChoice Choice => providers.Choose(CloudNativeFeatures.Eventing);

    /// <summary>The transport.</summary>
    /// <exception cref="EventTransportException">No provider serves events.</exception>
    public IEventTransport Get() => _transport ?? Find() ?? throw new EventTransportException(
        $"{ErrorIds.NoTransport} No provider serves events: {Choice.Reason}. "
        + "Name one in CloudNative:Eventing:Provider, or add a provider (UseEmbedded()).");

    /// <summary>The transport, or <see langword="null"/> when no provider serves events.</summary>
    public IEventTransport? Find() => _transport ??= Choice.Provider is { } provider
        ? services.GetRequiredKeyedService<IEventTransport>(provider)
        : null;
}
