using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Telemetry.Composition;

/// <summary>Where our part stands among the registrations of OpenTelemetry.</summary>
internal static class ProviderRegistrations
{
    /// <summary>
    /// Puts <paramref name="complete"/> around the making of a provider. OpenTelemetry registers each provider once, by the first call
    /// that asks for it; a provider that the service made in another way is left alone.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="complete">Calls the inner factory and completes what it made.</param>
    /// <typeparam name="T">The provider's type.</typeparam>
    public static void Wrap<T>(IServiceCollection services, Func<SignalBuilder, IServiceProvider, Func<IServiceProvider, T>, T> complete)
        where T : class
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i] is { IsKeyedService: false, ImplementationFactory: { } factory } descriptor
                && descriptor.ServiceType == typeof(T))
            {
                services[i] = ServiceDescriptor.Singleton(provider =>
                    complete(provider.GetRequiredService<SignalBuilder>(), provider, inner => (T)factory(inner)));
                return;
            }
        }
    }

    /// <summary>
    /// Adds registrations before all others, so that what the service configures is applied after them and wins, even where it
    /// was called earlier.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="add">Adds them.</param>
    public static void AddFirst(IServiceCollection services, Action<IServiceCollection> add)
    {
        var count = services.Count;
        add(services);
        var added = services.Skip(count).ToList();
        while (services.Count > count)
        {
            services.RemoveAt(services.Count - 1);
        }

        for (var i = 0; i < added.Count; i++)
        {
            services.Insert(i, added[i]);
        }
    }
}
