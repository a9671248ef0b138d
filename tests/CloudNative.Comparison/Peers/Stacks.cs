using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Comparison.Peers;

/// <summary>The stacks that are compared. Peers are unmodified packages, set up as their documentation says.</summary>
internal static class Stacks
{
    public const string HereName = "here";
    public const string WithoutEjectionName = "here, ejection off";
    public const string RoundRobinName = "here, round robin";
    public const string ServiceDefaultsName = "ServiceDefaults";
    public const string HedgingName = "standard hedging";

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

    /// <summary>What the Aspire template writes into ServiceDefaults.</summary>
    public static Stack ServiceDefaults(
        IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? more = null) => Stack.Create(
        ServiceDefaultsName,
        settings,
        services =>
        {
            services.AddServiceDiscovery();
            services.ConfigureHttpClientDefaults(http =>
            {
                http.AddStandardResilienceHandler();
                http.AddServiceDiscovery();
            });
            services.AddHttpClient();
        },
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

    private static void AddHere(IServiceCollection services) => services.AddCloudNativeHttp();
}
