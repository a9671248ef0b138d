using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Hosting.Wiring;

/// <summary>
/// Adds what CloudNative.Sdk knows of the web server, when that package is installed. A company's defaults package
/// calls <c>AddCloudNative</c> on an <c>IHostApplicationBuilder</c> and need not know whether it is a web service; so
/// the type of the receiver cannot tell, and this package must not reference ASP.NET Core. Literal names: the trimmer
/// and the ahead-of-time compiler follow them.
/// </summary>
internal static class WebParts
{
    public static void Add(IServiceCollection services) =>
        Type.GetType("CloudNative.Sdk.Wiring.WebServices, CloudNative.Sdk", throwOnError: false)
            ?.GetMethod("Add", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            ?.CreateDelegate<Action<IServiceCollection>>()
            .Invoke(services);
}
