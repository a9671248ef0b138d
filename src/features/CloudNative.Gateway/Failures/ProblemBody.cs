using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace CloudNative.Gateway.Failures;

/// <summary>Writes a problem document where the application registered no writer of its own (<c>AddProblemDetails</c>).</summary>
internal static class ProblemBody
{
    public static async Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title", problem.Title);
            json.WriteNumber("status", problem.Status!.Value);
            json.WriteString("detail", problem.Detail);
            json.WriteString("traceId", Activity.Current?.Id ?? context.TraceIdentifier);
            json.WriteEndObject();
        }

        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = buffer.Length;
        await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted)
            .ConfigureAwait(false);
    }
}
