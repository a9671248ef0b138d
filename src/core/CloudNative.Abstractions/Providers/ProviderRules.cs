using CloudNative.Configuration;

namespace CloudNative.Providers;

/// <summary>The outcomes that are possible for one feature, with their words.</summary>
internal sealed class ProviderRules(string feature, IReadOnlyList<ProviderOffer> offers)
{
    /// <summary>The error for a name that no provider here has.</summary>
    public const string NotInstalled = "CN1012";

    /// <summary>The key that decides.</summary>
    public string Key { get; } = $"CloudNative:{feature}:Provider";

    /// <summary>Whether a provider of that name can serve the feature.</summary>
    public bool Offers(string provider) => offers.Any(offer =>
        offer.Provider.Equals(provider, StringComparison.OrdinalIgnoreCase) && offer.Rank != ProviderRank.Test);

    public ProviderSelection Off(string reason) => new(new ProviderChoice(feature, null, reason));

    /// <summary>
    /// In a test host nothing but what keeps everything in memory serves, whatever the service names elsewhere.
    /// </summary>
    public ProviderSelection ForTest() =>
        Ranked(ProviderRank.Test) is [var only, ..]
            ? new(new ProviderChoice(feature, only, "in a test host"))
            : Off("in a test host");

    public ProviderSelection Named(string provider, string reason)
    {
        var offer = offers.FirstOrDefault(offer =>
            offer.Provider.Equals(provider, StringComparison.OrdinalIgnoreCase) && offer.Rank != ProviderRank.Test)
            ?? offers.FirstOrDefault(offer => offer.Provider.Equals(provider, StringComparison.OrdinalIgnoreCase));
        return offer is not null
            ? new(new ProviderChoice(feature, offer.Provider, reason))
            : Refused(new ConfigurationProblem(
                NotInstalled,
                Key,
                provider,
                Allowed(Choosable),
                $"It was {reason}, but no installed provider of that name serves {feature}: "
                + "add its package and its Use call, or name one that is installed."));
    }

    public ProviderSelection Ambiguous(IReadOnlyList<string> candidates, string reason) =>
        Refused(new ConfigurationProblem(
            "CN1010",
            Key,
            null,
            Allowed(candidates),
            $"{candidates.Count} providers ({reason}) can serve {feature}: name one in {Key}, "
            + $"or pin it in code: cloud.{feature}.Use(\"{candidates[0]}\")."));

    /// <summary>Nobody chose: the only primary, else in Development the only one meant for it.</summary>
    public ProviderSelection ByRank(bool development, bool kubernetes, bool needed)
    {
        switch (Ranked(ProviderRank.Primary))
        {
            case [var only]:
                return new(new ProviderChoice(feature, only, "the only one available"));
            case { Count: > 1 } several:
                return Ambiguous(several, "all available");
        }

        return (development && !kubernetes, Ranked(ProviderRank.Development)) switch
        {
            (true, [var only]) => new(new ProviderChoice(feature, only, "by default in Development")),
            (true, { Count: > 1 } several) => Ambiguous(several, "all for Development"),
            _ => needed ? Missing(kubernetes) : Off("nobody was named, and nothing needs one"),
        };
    }

    // What only tests use is no advice.
    private IEnumerable<string> Choosable =>
        offers.Where(offer => offer.Rank != ProviderRank.Test).Select(offer => offer.Provider);

    private static string Allowed(IEnumerable<string> providers) =>
        string.Join(", ", providers.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)
            .Append(ProviderSelector.None));

    private List<string> Ranked(ProviderRank rank) =>
        [.. offers.Where(offer => offer.Rank == rank).Select(offer => offer.Provider)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    private ProviderSelection Missing(bool kubernetes)
    {
        var where = kubernetes ? "Under Kubernetes" : "Outside Development";
        var hint = Ranked(ProviderRank.Development) is [var local, ..]
            ? $"When all instances share one machine, name {local}: cloud.Use{Capital(local)}(). "
            : string.Empty;
        return Refused(new ConfigurationProblem(
            "CN1011",
            Key,
            null,
            Allowed(Choosable),
            $"{where} no provider serves {feature} by default. {hint}"
            + "For several machines add a provider's package and its Use call. "
            + $"Set {Key}={ProviderSelector.None} when 'Services:' configuration and DNS are enough."));
    }

    private static string Capital(string provider) => char.ToUpperInvariant(provider[0]) + provider[1..];

    private ProviderSelection Refused(ConfigurationProblem problem) =>
        new(new ProviderChoice(feature, null, "not chosen"), problem);
}
