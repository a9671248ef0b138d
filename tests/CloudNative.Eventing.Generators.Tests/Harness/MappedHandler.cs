using System.Reflection;

namespace CloudNative.Eventing.Generators.Harness;

/// <summary>A handler that a service registered.</summary>
internal sealed record MappedHandler(
    string Topic,
    string Form,
    Type? Event,
    Func<object, EventContext, CancellationToken, ValueTask>? Call,
    IServiceProvider Services,
    Type Program)
{
    /// <summary>Lets it handle a new event of its type; returns what the service wrote into <c>Program.Log</c>.</summary>
    public async Task<string> HandleAsync(CancellationToken cancellationToken = default, params object[] arguments)
    {
        Assert.NotNull(Call);
        await Call(Activator.CreateInstance(Event!, arguments)!, new StubContext(Services), cancellationToken);
        return (string)Program.GetField("Log", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
    }
}
