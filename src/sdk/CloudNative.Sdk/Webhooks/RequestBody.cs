using Microsoft.AspNetCore.Http;

namespace CloudNative.Sdk.Webhooks;

/// <summary>Reads a body as a whole, up to a size.</summary>
internal static class RequestBody
{
    private const int FirstSize = 4 * 1024;

    /// <returns>The bytes, or <see langword="null"/> when there are more.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most)
    {
        if (request.ContentLength > most)
        {
            return null;
        }

        var buffer = new byte[(int)Math.Min(request.ContentLength ?? FirstSize, most) + 1];
        var length = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(length), request.HttpContext.RequestAborted).ConfigureAwait(false);
            length += read;
            if (length > most)
            {
                return null;
            }

            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(2L * length, most + 1L));
            }
        }
    }
}
