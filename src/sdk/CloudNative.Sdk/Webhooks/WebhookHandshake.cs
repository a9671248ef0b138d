using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CloudNative.Sdk.Webhooks;

/// <summary>
/// Answers a sender that asks by OPTIONS whether it may send. The answer comes with the request, so the callback that a
/// sender may name is never called: nobody can have this service call an address.
/// </summary>
internal static class WebhookHandshake
{
    private const string Everybody = "*";

    public static void Answer(HttpContext context, EventWebhookOptions options)
    {
        var (asked, answer) = (context.Request.Headers, context.Response.Headers);
        answer[HeaderNames.Allow] = "POST, OPTIONS";
        if (asked[WebhookHeaders.RequestOrigin] is not [{ Length: > 0 } origin])
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent; // Somebody looks what there is.
            return;
        }

        if (!options.AllowedOrigins.Any(allowed => allowed == Everybody || allowed.Equals(origin, StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
        answer[WebhookHeaders.AllowedOrigin] = origin;
        answer[WebhookHeaders.AllowedRate] = Grant(asked[WebhookHeaders.RequestRate], options.RequestsPerMinute)
            .ToString(CultureInfo.InvariantCulture);
    }

    private static int Grant(string? asked, int most) =>
        int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate > 0 ? Math.Min(rate, most) : most;
}
