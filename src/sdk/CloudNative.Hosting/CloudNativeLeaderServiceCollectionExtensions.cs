using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using CloudNative.Hosting;
using CloudNative.Hosting.Leadership;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Background work that one replica does at a time.</summary>
public static class CloudNativeLeaderServiceCollectionExtensions
{
    /// <summary>
    /// Runs a service in one process at a time of all that add it under this name: that which holds the lease. Needs a provider of leases;
    /// the start fails without one. Adding it twice under one name equals once.
    /// </summary>
    /// <typeparam name="T">The service; made anew, in a scope of its own, whenever this process becomes leader.</typeparam>
    /// <param name="services">The services of the host.</param>
    /// <param name="lease">The name of the lease, up to 200 characters; the same in all replicas.</param>
    /// <param name="configure">Sets how the leader is chosen.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IServiceCollection AddLeaderService<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
        this IServiceCollection services, string lease, Action<LeaderElectionOptions>? configure = null)
        where T : class, ILeaderService
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(lease);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease.Length, 200, nameof(lease));
        var options = new LeaderElectionOptions();
        configure?.Invoke(options);
        ThrowIfOutOfRange(options.LeaseDuration, TimeSpan.FromSeconds(1), nameof(LeaderElectionOptions.LeaseDuration));
        ThrowIfOutOfRange(options.RetryInterval, TimeSpan.FromMilliseconds(100), nameof(LeaderElectionOptions.RetryInterval));
        var isKnown = services.Any(service =>
            service.ServiceType == typeof(LeaderElection<T>) && lease.Equals(service.ServiceKey as string, StringComparison.Ordinal));
        if (isKnown)
        {
            return services;
        }

        services.AddCloudNativeCore();
        services.TryAddScoped<T>();
        services.TryAddSingleton(provider => new LeaderMetrics(provider.GetService<IMeterFactory>()));
        services.AddKeyedSingleton(lease, (provider, _) => new LeaderElection<T>(
            provider,
            lease,
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<LeaderMetrics>(),
            provider.GetRequiredService<ILogger<T>>()));
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<LeaderElection<T>>(lease));
    }

    private static void ThrowIfOutOfRange(TimeSpan value, TimeSpan least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, TimeSpan.FromHours(1), name);
    }
}
