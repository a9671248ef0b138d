using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudNative.Testing.Conformance.Tests;

public sealed class ServiceCollectionConformanceTests
{
    [Fact]
    public void Suite_TryAdd_Passes()
    {
        var suite = new Suite(services => services.TryAddSingleton(TimeProvider.System));
        suite.Add_Twice_EqualsOnce();
        suite.Add_ClockIsThere_KeepsIt();
    }

    [Fact]
    public void Suite_Add_FailsBothTests()
    {
        var suite = new Suite(services => services.AddSingleton(TimeProvider.System));
        Assert.ThrowsAny<Exception>(suite.Add_Twice_EqualsOnce);
        Assert.ThrowsAny<Exception>(suite.Add_ClockIsThere_KeepsIt);
    }

    [Fact]
    public void Suite_OptionsConfiguredTwice_Fails() => Assert.ThrowsAny<Exception>(
        new Suite(services => services.Configure<object>(_ => { })).Add_Twice_EqualsOnce);

    private sealed class Suite(Action<IServiceCollection> add) : ServiceCollectionConformance
    {
        protected override void Add(IServiceCollection services) => add(services);
    }
}
