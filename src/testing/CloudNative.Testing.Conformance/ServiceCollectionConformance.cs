using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Testing.Conformance;

/// <summary>
/// What every extension of <see cref="IServiceCollection"/> must do: calling it twice equals calling it once.
/// </summary>
public abstract class ServiceCollectionConformance
{
    /// <summary>Calls the extension.</summary>
    /// <param name="services">Where to.</param>
    protected abstract void Add(IServiceCollection services);

    /// <summary>The second call adds nothing and replaces nothing.</summary>
    [Fact]
    public void Add_Twice_EqualsOnce()
    {
        var services = new ServiceCollection();
        Add(services);
        ServiceDescriptor[] once = [.. services];
        Add(services);
        Assert.Equal(once.Select(Describe), services.Select(Describe));
    }

    /// <summary>What the host has registered itself stays.</summary>
    [Fact]
    public void Add_ClockIsThere_KeepsIt()
    {
        var services = new ServiceCollection();
        var clock = new OwnClock();
        services.AddSingleton<TimeProvider>(clock);
        Add(services);
        Assert.Same(clock, Assert.Single(services, service => service.ServiceType == typeof(TimeProvider)).ImplementationInstance);
    }

    private static string Describe(ServiceDescriptor service) => service.IsKeyedService
        ? $"{service.Lifetime} {service.ServiceType} [{service.ServiceKey}] {service.KeyedImplementationType}"
        : $"{service.Lifetime} {service.ServiceType} {service.ImplementationType} {service.ImplementationInstance}";

    private sealed class OwnClock : TimeProvider;
}
