using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>Adds what describes the events of the service; it does nothing until it is asked.</summary>
internal static class AsyncApiRegistration
{
    /// <summary>Called once, by <c>AddCloudNativeEventing</c>.</summary>
    public static void AddAsyncApi(this IServiceCollection services)
    {
        services.AddOptions<AsyncApiOptions>().BindConfiguration(AsyncApiOptions.SectionName);
        services.AddOptionsCheck<AsyncApiOptions>();
        services.TryAddSingleton<SeenEvents>();
        services.TryAddSingleton<EventUses>();
        services.TryAddSingleton<DocumentServers>();
        services.TryAddSingleton<IAsyncApiDocumentProvider, AsyncApiDocumentProvider>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostCommand, AsyncApiFile>());
    }
}
