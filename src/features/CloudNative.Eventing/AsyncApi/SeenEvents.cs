using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>
/// The types that the generator of this package has seen the service's code publish; it notes them on the assembly.
/// </summary>
internal sealed class SeenEvents(IHostEnvironment environment)
{
    public IEnumerable<EventUse> Find() =>
        FindAssembly()?.GetCustomAttributes<PublishesEventAttribute>()
            .Select(publication => new EventUse(publication.Type, publication.Topic, Group: null)) ?? [];

    /// <summary>
    /// Under a test host the entry assembly is the runner's; the application's own is loaded by then.
    /// </summary>
    private Assembly? FindAssembly() =>
        AppDomain.CurrentDomain.GetAssemblies()
            .FirstOrDefault(loaded => loaded.GetName().Name == environment.ApplicationName)
        ?? Assembly.GetEntryAssembly();
}
