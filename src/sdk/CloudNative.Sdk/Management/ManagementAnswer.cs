using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CloudNative.Sdk.Management;

/// <summary>Writes JSON that nobody keeps and no browser takes for a page.</summary>
internal static class ManagementAnswer
{
    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        Begin(context, status);
        return JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }

    /// <summary>For an answer whose JSON the caller writes.</summary>
    public static void Begin(HttpContext context, int status = StatusCodes.Status200OK)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers[HeaderNames.CacheControl] = "no-store";
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
    }

    public static Task RefuseAsync(HttpContext context, int status, string error) =>
        WriteAsync(context, new ManagementError(error), ManagementJson.Default.ManagementError, status);
}
