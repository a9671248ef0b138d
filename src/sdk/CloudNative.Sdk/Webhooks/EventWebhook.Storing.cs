using System.Globalization;
using CloudNative.Eventing;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CloudNative.Sdk.Webhooks;

// What becomes of a message that was taken.
internal sealed partial class EventWebhook
{
    private async Task StoreAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        try
        {
            var headers = context.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));
            var events = _format.ReadMessage(headers, body);
            if (events.Count > 0)
            {
                await _transport().AppendAsync([.. events.Select(one => new OutgoingEvent(_topic, one))], context.RequestAborted)
                    .ConfigureAwait(false);
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (MalformedEventException exception)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, exception.Message).ConfigureAwait(false);
        }
        catch (EventRejectedException exception)
        {
            await RefuseAsync(context, StatusCodes.Status422UnprocessableEntity, exception.Message).ConfigureAwait(false);
        }
        catch (EventTransportException exception)
        {
            LogNotStored(_topic, exception.Message); // Where events are kept is not the sender's business.
            await RefuseAsync(
                context, StatusCodes.Status503ServiceUnavailable, "The events cannot be stored now.", RetryAfterSeconds)
                .ConfigureAwait(false);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string detail, int? retryAfter = null)
    {
        if (retryAfter is { } seconds)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return Results.Problem(detail, statusCode: status).ExecuteAsync(context);
    }
}
