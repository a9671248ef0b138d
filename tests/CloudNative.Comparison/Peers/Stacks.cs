using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace CloudNative.Comparison.Peers;

/// <summary>The stacks that are compared. Peers are unmodified packages, set up as their documentation says.</summary>
internal static class Stacks
{
    public const string HereName = "here";
    public const string WithoutEjectionName = "here, ejection off";
    public const string RoundRobinName = "here, round robin";
    public const string BlindName = "here, round robin, ejection off";
    public const string SwitchedOffName = "here, switched off";
    public const string ServiceDefaultsName = "ServiceDefaults";
    public const string HedgingName = "standard hedging";
    public const string ByAuthorityName = "SelectPipelineByAuthority";
    public const string PollyName = "Polly by hand";
    public const string PlainName = "HttpClient by hand";
    public const string YarpName = "YARP between";

    public static Stack Here(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) =>
        Stack.Create(HereName, settings, AddHere, more);

    public static Stack WithoutEjection(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        WithoutEjectionName,
        new Dictionary<string, string?>(settings) { ["CloudNative:Discovery:Ejection:Enabled"] = "false" },
        AddHere,
        more);

    /// <summary>Ours with the policy that the peers have.</summary>
    public static Stack RoundRobin(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        RoundRobinName,
        new Dictionary<string, string?>(settings) { ["CloudNative:Http:LoadBalancing:Policy"] = "WeightedRoundRobin" },
        AddHere,
        more);

    /// <summary>Ours, choosing as the peers do and leaving nobody out.</summary>
    public static Stack Blind(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) =>
        Stack.Create(BlindName, BlindSettings(settings), AddHere, more);

    /// <summary>
    /// A service with ServiceDefaults to which ours was added and switched off by configuration: must be as if it was not there.
    /// </summary>
    public static Stack SwitchedOff(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        SwitchedOffName,
        OffSettings(settings),
        services =>
        {
            AddServiceDefaults(services);
            AddHere(services);
        },
        more);

    /// <summary>What the Aspire template writes into ServiceDefaults.</summary>
    public static Stack ServiceDefaults(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        ServiceDefaultsName,
        settings,
        AddServiceDefaults,
        more);

    public static Stack Hedging(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        HedgingName,
        settings,
        services =>
        {
            services.AddServiceDiscovery();
            services.ConfigureHttpClientDefaults(http =>
            {
                http.AddStandardHedgingHandler();
                http.AddServiceDiscovery();
            });
            services.AddHttpClient();
        },
        more);

    /// <summary>A breaker for each instance: discovery outside, so that the authority tells instances apart.</summary>
    public static Stack ByAuthority(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        ByAuthorityName,
        settings,
        services =>
        {
            services.AddServiceDiscovery();
            services.ConfigureHttpClientDefaults(http =>
            {
                http.AddServiceDiscovery();
                http.AddStandardResilienceHandler().SelectPipelineByAuthority();
            });
            services.AddHttpClient();
        },
        more);

    /// <summary>Addresses in turn, and the documentation's retry with jitter and timeouts around.</summary>
    public static Stack Polly(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        PollyName,
        settings,
        services => services.ConfigureHttpClientDefaults(http =>
        {
            http.AddResilienceHandler("by hand", pipeline => pipeline
                .AddTimeout(TimeSpan.FromSeconds(30))
                .AddRetry(new HttpRetryStrategyOptions { BackoffType = DelayBackoffType.Exponential, UseJitter = true })
                .AddTimeout(TimeSpan.FromSeconds(10)));
            http.AddHttpMessageHandler(() => new AddressRing(settings));
        }).AddHttpClient(),
        more);

    /// <summary>Addresses in turn, and nothing else.</summary>
    public static Stack Plain(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        PlainName,
        settings,
        services => services
            .ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(() => new AddressRing(settings)))
            .AddHttpClient(),
        more);

    /// <summary>A proxy between caller and instances, which balances and takes failing instances out.</summary>
    public static Stack Yarp(IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null)
    {
        var proxy = YarpProxy.Start(settings);
        return Stack.Create(
            YarpName,
            settings,
            services => services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(proxy.CreateHandler))
                .AddHttpClient(),
            more,
            proxy);
    }

    public static Dictionary<string, string?> BlindSettings(IReadOnlyDictionary<string, string?> settings) => new(settings)
    {
        ["CloudNative:Http:LoadBalancing:Policy"] = "WeightedRoundRobin",
        ["CloudNative:Discovery:Ejection:Enabled"] = "false",
    };

    public static Dictionary<string, string?> OffSettings(IReadOnlyDictionary<string, string?> settings) => new(settings)
    {
        ["CloudNative:Http:Enabled"] = "false",
        ["CloudNative:Discovery:Enabled"] = "false",
    };

    private static void AddServiceDefaults(IServiceCollection services)
    {
        services.AddServiceDiscovery();
        services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        services.AddHttpClient();
    }

    private static void AddHere(IServiceCollection services) => services.AddCloudNativeHttp();
}
