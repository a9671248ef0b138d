namespace CloudNative.Http.Attachment;

/// <summary>
/// Handlers of other packages that ours must get along with; known by name, so that nobody has to reference them.
/// </summary>
internal static class ForeignHandlers
{
    private const string Resilience = "Microsoft.Extensions.Http.Resilience.ResilienceHandler";
    private const string Policy = "Microsoft.Extensions.Http.PolicyHttpMessageHandler";
    private const string Resolving = "Microsoft.Extensions.ServiceDiscovery.Http.ResolvingHttpDelegatingHandler";

    /// <summary>
    /// Retries, hedges or breaks circuits on its own (Microsoft.Extensions.Http.Resilience,
    /// Microsoft.Extensions.Http.Polly).
    /// </summary>
    public static bool IsResilience(DelegatingHandler handler) => Is(handler, Resilience) || Is(handler, Policy);

    /// <summary>Rewrites logical names to addresses (Microsoft.Extensions.ServiceDiscovery).</summary>
    public static bool IsResolving(DelegatingHandler handler) => Is(handler, Resolving);

    private static bool Is(DelegatingHandler handler, string name)
    {
        for (var type = handler.GetType(); type is not null; type = type.BaseType)
        {
            if (type.FullName == name)
            {
                return true;
            }
        }

        return false;
    }
}
