using System.Collections.Concurrent;
using System.Collections.Frozen;
using CloudNative.Configuration;
using CloudNative.Discovery.Balancing;
using CloudNative.Discovery.Balancing.Policies;
using CloudNative.Discovery.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Discovery;

/// <summary>
/// Makes the <see cref="LoadBalancer"/> of a client from its options, and checks them. A singleton; thread-safe.
/// </summary>
public sealed partial class LoadBalancers
{
    private readonly ConcurrentDictionary<BalancingSettings, LoadBalancer> _made = new();
    private readonly IServiceProvider _services;
    private readonly Lazy<FrozenSet<string>> _policies;

    internal LoadBalancers(IServiceProvider services, IServiceCollection registrations)
    {
        _services = services;
        _policies = new Lazy<FrozenSet<string>>(() => registrations
            .Where(registration => registration.ServiceType == typeof(ILoadBalancingPolicy) && registration.IsKeyedService)
            .Select(registration => registration.ServiceKey)
            .OfType<string>()
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>
    /// The configuration keys of <see cref="LoadBalancingOptions"/>, for the section that holds them.
    /// </summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        nameof(LoadBalancingOptions.Policy),
        nameof(LoadBalancingOptions.KeyHeader),
        nameof(LoadBalancingOptions.PreferZone),
        nameof(LoadBalancingOptions.ZoneOverprovisioning),
        nameof(LoadBalancingOptions.SubsetSize),
        nameof(LoadBalancingOptions.SlowStart),
        $"{nameof(LoadBalancingOptions.RequiredMetadata)}:*",
        nameof(LoadBalancingOptions.CanaryPercent),
        nameof(LoadBalancingOptions.CanaryKey),
        nameof(LoadBalancingOptions.CanaryValue),
    ];

    /// <summary>The names of the policies that exist, those of the application included.</summary>
    public IEnumerable<string> Policies => _policies.Value.Order(StringComparer.OrdinalIgnoreCase);

    /// <summary>The balancer for these options; equal options give the same one.</summary>
    /// <param name="options">The options; they are copied.</param>
    /// <returns>The balancer; <see langword="null"/> when the options ask for what a pick does without one.</returns>
    /// <exception cref="ArgumentException">No policy has that name.</exception>
    public LoadBalancer? Get(LoadBalancingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = Find(options.Policy) ?? throw new ArgumentException(
            $"There is no load-balancing policy '{options.Policy}'; there are {string.Join(", ", Policies)}.", nameof(options));
        var settings = BalancingSettings.Of(options, name);
        return settings == BalancingSettings.Of(new LoadBalancingOptions(), PowerOfTwoChoices.Name)
            ? null
            : _made.GetOrAdd(settings, Make);
    }

    /// <summary>Finds what is wrong with the options of a client.</summary>
    /// <param name="section">The configuration section that holds them.</param>
    /// <param name="options">The options.</param>
    /// <param name="problems">Where to add what is found.</param>
    public void Check(string section, LoadBalancingOptions options, ConfigurationProblems problems)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(problems);
        if (Find(options.Policy) is null)
        {
            problems.Add(
                DiscoveryErrors.UnknownPolicy,
                $"{section}:{nameof(LoadBalancingOptions.Policy)}",
                options.Policy,
                string.Join(", ", Policies),
                "Name one of these, or register your own: AddKeyedSingleton<ILoadBalancingPolicy, MyPolicy>(\"my-policy\").");
        }

        Require(nameof(LoadBalancingOptions.ZoneOverprovisioning), options.ZoneOverprovisioning, 1, 100);
        Require(nameof(LoadBalancingOptions.SubsetSize), options.SubsetSize, 0, 10_000);
        Require(nameof(LoadBalancingOptions.SlowStart), options.SlowStart, TimeSpan.Zero, TimeSpan.FromHours(1));
        Require(nameof(LoadBalancingOptions.CanaryPercent), options.CanaryPercent ?? 0, 0, 100);

        // NaN compares as smaller than any limit, so it is refused too.
        void Require<T>(string key, T value, T minimum, T maximum)
            where T : IComparable<T> =>
            problems.RequireRange(DiscoveryErrors.OutOfRange, $"{section}:{key}", value, minimum, maximum);
    }

    private string? Find(string? name) =>
        name is null ? null
        : _policies.Value.TryGetValue(name, out var known) ? known
        : _services.GetService<IServiceProviderIsKeyedService>()?.IsKeyedService(typeof(ILoadBalancingPolicy), name) == true ? name
        : null;

    private LoadBalancer Make(BalancingSettings settings)
    {
        Warn(settings);
        return new LoadBalancer(
            settings,
            settings.Policy == PowerOfTwoChoices.Name ? null : _services.GetRequiredKeyedService<ILoadBalancingPolicy>(settings.Policy));
    }
}
