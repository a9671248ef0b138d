using CloudNative.Configuration;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Providers;

/// <summary>
/// <c>CloudNative:Providers</c>: names, as a list or with commas between, of providers that serve every feature that they can. One word in
/// place of one for each feature, for a whole app that moves to other providers.
/// </summary>
internal static class PreferredProviders
{
    public const string Section = "Providers";
    public const string Key = UnknownKeysCheck.Root + ":" + Section;

    private const StringSplitOptions Split = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    public static IReadOnlyList<string> Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Key);
        return
        [
            .. section.GetChildren().Select(child => child.Value).Prepend(section.Value)
                .SelectMany(value => value?.Split(',', Split) ?? []),
        ];
    }

    /// <summary>A name that nothing installed has is a mistake: what it was to serve would be served elsewhere.</summary>
    public static IEnumerable<ConfigurationProblem> Check(IReadOnlyList<string> preferred, IEnumerable<ProviderOffer> offers)
    {
        var installed = offers.Where(offer => offer.Rank != ProviderRank.Test).Select(offer => offer.Provider)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        return preferred.Except(installed, StringComparer.OrdinalIgnoreCase).Select(unknown => new ConfigurationProblem(
            ProviderRules.NotInstalled,
            Key,
            unknown,
            string.Join(", ", installed),
            "No installed provider has that name: add its package and its Add or Use call, or name one that is installed."));
    }
}
