using CloudNative.Eventing;
using CloudNative.Providers;
using CloudNative.Testing;
using CloudNative.Testing.Events;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what tests need to a host.</summary>
public static class CloudNativeTestingServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="EventsTestHarness"/>, which records events and waits for them. In <c>ConfigureTestServices</c> of a
    /// <c>WebApplicationFactory</c>, or on the builder of any host.
    /// </summary>
    /// <param name="services">The services of the host under test.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddEventsTestHarness(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<EventRecord>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventObserver, EventRecord>(
            provider => provider.GetRequiredService<EventRecord>()));
        services.TryAddSingleton(provider => new EventsTestHarness(
            provider.GetRequiredService<EventRecord>(),
            provider.GetServices<IPendingEvents>(),
            provider.GetService<IProviderSelector>()));
        return services;
    }
}
