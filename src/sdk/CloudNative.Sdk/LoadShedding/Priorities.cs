using Microsoft.AspNetCore.Http;

namespace CloudNative.Sdk.LoadShedding;

/// <summary>Finds out how important a request is.</summary>
internal static class Priorities
{
    /// <summary>The header by which a caller says it: <c>low</c>, <c>normal</c> or <c>high</c>.</summary>
    public const string Header = "CloudNative-Priority";

    private static ReadOnlySpan<RequestPriority> Known => [RequestPriority.Low, RequestPriority.Normal, RequestPriority.High];

    /// <summary>What the endpoint says; a caller may lower it, and raise it where that is trusted.</summary>
    public static RequestPriority Of(HttpContext context, Endpoint endpoint, bool isTrusted)
    {
        var own = endpoint.Metadata.GetMetadata<RequestPriorityAttribute>()?.Priority ?? RequestPriority.Normal;
        return context.Request.Headers.TryGetValue(Header, out var said) && said.Count == 1 && TryParse(said[0], out var asked)
            && (asked < own || isTrusted)
                ? asked
                : own;
    }

    public static string NameOf(RequestPriority priority) => priority switch
    {
        RequestPriority.Low => "low",
        RequestPriority.High => "high",
        _ => "normal",
    };

    private static bool TryParse(string? text, out RequestPriority priority)
    {
        foreach (var known in Known)
        {
            if (string.Equals(text, NameOf(known), StringComparison.OrdinalIgnoreCase))
            {
                priority = known;
                return true;
            }
        }

        priority = default;
        return false;
    }
}
