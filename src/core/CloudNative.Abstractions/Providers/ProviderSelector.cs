using System.Collections.Concurrent;
using CloudNative.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Providers;

/// <summary>
/// Applies the rules of <see cref="IProviderSelector"/> to the offers, pins and configuration of this host.
/// </summary>
internal sealed class ProviderSelector(
    IConfiguration configuration,
    IHostEnvironment environment,
    IHostModeProvider mode,
    IEnumerable<ProviderOffer> offers,
    IEnumerable<ProviderPin> pins,
    IEnumerable<ConfigurationKeys> declared) : IProviderSelector
{
    internal const string None = "none";
    private const string KubernetesVariable = "KUBERNETES_SERVICE_HOST";
    private static readonly string[] Features =
        [CloudNativeFeatures.Discovery, CloudNativeFeatures.Leases, CloudNativeFeatures.Eventing];

    private readonly ConcurrentDictionary<string, ProviderSelection> _selections =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The providers that are to serve what they can, first come first served.</summary>
    public IReadOnlyList<string> Preferred { get; } = PreferredProviders.Read(configuration);

    /// <summary>
    /// The features that somebody offers to serve, that a package of this host needs, or that a provider is named for.
    /// </summary>
    public IEnumerable<string> InUse =>
        Features.Where(feature => IsNeeded(feature) || IsNamed(feature) || offers.Any(offer => Serves(offer, feature)));

    public ProviderChoice Choose(string feature) => Select(feature).Choice;

    /// <summary>The choice with what is wrong about it.</summary>
    public ProviderSelection Select(string feature) => _selections.GetOrAdd(feature, Find);

    private static bool Serves(ProviderOffer offer, string feature) =>
        offer.Feature.Equals(feature, StringComparison.OrdinalIgnoreCase);

    private ProviderSelection Find(string feature)
    {
        var candidates = offers.Where(offer => Serves(offer, feature)).ToList();
        var rules = new ProviderRules(feature, candidates);
        if (configuration.GetValue($"CloudNative:{feature}:Enabled", defaultValue: "true")
            .Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return rules.Off($"switched off by CloudNative:{feature}:Enabled");
        }

        var named = configuration[rules.Key];
        if (None.Equals(named, StringComparison.OrdinalIgnoreCase))
        {
            return rules.Off($"switched off by {rules.Key}");
        }

        return mode.Mode switch
        {
            HostMode.DesignTime => rules.Off("a tool inspects this host"),
            HostMode.Test => rules.ForTest(),
            _ => FindForService(rules, feature, named),
        };
    }

    private ProviderSelection FindForService(ProviderRules rules, string feature, string? named)
    {
        if (!string.IsNullOrWhiteSpace(named))
        {
            return rules.Named(named, $"named in {rules.Key}");
        }

        if (Preferred.FirstOrDefault(rules.Offers) is { } preferred)
        {
            return rules.Named(preferred, $"named in {PreferredProviders.Key}");
        }

        var pinned = pins
            .Where(pin => pin.Feature.Equals(feature, StringComparison.OrdinalIgnoreCase))
            .Select(pin => pin.Provider)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return pinned switch
        {
            [] => rules.ByRank(environment.IsDevelopment(), IsUnderKubernetes(), IsNeeded(feature)),
            [var only] => rules.Named(only, "pinned in code"),
            _ => rules.Ambiguous(pinned, "pinned in code"),
        };
    }

    private bool IsNamed(string feature) =>
        !string.IsNullOrWhiteSpace(configuration[new ProviderRules(feature, []).Key])
        || pins.Any(pin => pin.Feature.Equals(feature, StringComparison.OrdinalIgnoreCase));

    private bool IsUnderKubernetes() =>
        !string.IsNullOrEmpty(
            configuration[KubernetesVariable] ?? Environment.GetEnvironmentVariable(KubernetesVariable));

    // Leases are declared in core, for whoever injects them; that alone needs no provider. Nor do events that nobody handles: the
    // feature asks for one itself when somebody does.
    private bool IsNeeded(string feature) =>
        feature == CloudNativeFeatures.Discovery
        && declared.Any(keys => keys.Section.Equals(feature, StringComparison.OrdinalIgnoreCase));
}
