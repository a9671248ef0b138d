using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Analysis;

/// <summary>Recognises the calls that make a host what it is.</summary>
internal static class HostCalls
{
    /// <summary>Whether it makes a host.</summary>
    public static bool BuildsHost(IMethodSymbol method) => BuildsWebHost(method)
        || (method.Name == "Build" && method.ContainingType?.Name is "HostApplicationBuilder" or "IHostBuilder" or "HostBuilder");

    /// <summary>Whether it makes a web application.</summary>
    public static bool BuildsWebHost(IMethodSymbol method) =>
        (method.Name, method.ContainingType?.Name) is ("Build", "WebApplicationBuilder") or ("Create", "WebApplication");

    /// <summary>Whether it adds CloudNative.Sdk.</summary>
    public static bool Adds(IMethodSymbol method) =>
        method.Name == "AddCloudNative" && method.ContainingAssembly?.Name == "CloudNative.Hosting";

    /// <summary>Whether it maps the endpoints of CloudNative.Sdk.</summary>
    public static bool Maps(IMethodSymbol method) =>
        method.Name == "MapCloudNative" && method.ContainingAssembly?.Name == "CloudNative.Sdk";

    /// <summary>Whether the output runs by itself, rather than inside another program.</summary>
    public static bool IsApplication(this OutputKind kind) =>
        kind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
}
