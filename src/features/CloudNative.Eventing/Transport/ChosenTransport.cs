using CloudNative.Eventing.Configuration;
using CloudNative.Providers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.Transport;

/// <summary>The transport of the provider that was chosen for events; looked up when it is first needed.</summary>
internal sealed class ChosenTransport(
    IServiceProvider services, IProviderSelector providers, IConfiguration configuration, IEnumerable<ProviderOffer> offers)
{
    private const string Key = $"{EventingOptions.SectionName}:Provider";
    private const string None = "none";
    private IEventTransport? _transport;

    /// <summary>Which provider, and why.</summary>
    public ProviderChoice Choice => providers.Choose(CloudNativeFeatures.Eventing);

    /// <summary>Whether the user wants no events in this process.</summary>
    public bool IsSwitchedOff =>
        "false".Equals(configuration[$"{EventingOptions.SectionName}:Enabled"], StringComparison.OrdinalIgnoreCase)
        || None.Equals(configuration[Key], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a provider was asked for that cannot be; the choice of providers tells so at start.</summary>
    public bool IsRefused => Choice is { Provider: null, Reason: "not chosen" };

    /// <summary>What can be chosen, for a message.</summary>
    public string Candidates => string.Join(", ", offers
        .Where(offer => offer.Feature == CloudNativeFeatures.Eventing && offer.Rank != ProviderRank.Test)
        .Select(offer => offer.Provider).Distinct().Order(StringComparer.Ordinal).Append(None));

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
