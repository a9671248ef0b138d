using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CloudNative.Sdk.Management;

// What comes with a request.
internal sealed partial class DeadLetterEndpoints
{
    private static async Task<IReadOnlyList<long>?> ReadIdsAsync(HttpContext context)
    {
        var shape = $"Send 1 to {DeadLetterIds.Most} ids: {{\"ids\":[1,2]}}.";
        var body = await ReadAsync(context, ManagementJson.Default.DeadLetterIds, LargestBody, shape).ConfigureAwait(false);
        if (body is null || body.Ids is { Count: > 0 and <= DeadLetterIds.Most })
        {
            return body?.Ids;
        }

        await ManagementAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, shape).ConfigureAwait(false);
        return null;
    }

    /// <summary>Reads the body; <see langword="null"/> when the request was refused.</summary>
    private static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, int largest, string shape)
        where T : class
    {
        // A form of another site cannot send JSON without being asked for by a preflight, which nobody answers here.
        if (!context.Request.HasJsonContentType())
        {
            await ManagementAnswer.RefuseAsync(
                context, StatusCodes.Status415UnsupportedMediaType, $"Send application/json. {shape}").ConfigureAwait(false);
            return null;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = largest;
        }

        try
        {
            if (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                .ConfigureAwait(false) is { } body)
            {
                return body;
            }
        }
        catch (JsonException)
        {
            // Answered below, together with JSON of another shape.
        }

        await ManagementAnswer.RefuseAsync(context, StatusCodes.Status400BadRequest, shape).ConfigureAwait(false);
        return null;
    }

    private static bool TryBytes(DeadLetterData body, out byte[] data)
    {
        data = [];
        if ((body.Text is null) == (body.Base64 is null))
        {
            return false;
        }

        try
        {
            data = body.Text is { } text ? Encoding.UTF8.GetBytes(text) : Convert.FromBase64String(body.Base64!);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static long Id(HttpContext context) =>
        long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);

    private static Task RefuseUnknownAsync(HttpContext context, long id) => ManagementAnswer.RefuseAsync(
        context, StatusCodes.Status404NotFound, $"There is no dead letter {id}.");

    private static bool TryNumber(string? text, long fallback, long least, long most, out long number)
    {
        number = fallback;
        return string.IsNullOrEmpty(text)
            || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);
    }

    private static bool TryTruth(string? text, out bool? truth)
    {
        var isTruth = bool.TryParse(text, out var parsed);
        truth = isTruth ? parsed : null;
        return isTruth || string.IsNullOrEmpty(text);
    }

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Caller(HttpContext context) => context.User.Identity?.Name ?? "a caller on this machine";
}
