using System.Net.Http.Json;

namespace CloudNative.Http.Retries;

/// <summary>
/// Whether a request's body can be sent again. Only contents known to serialise from the start each time count;
/// nothing is buffered.
/// </summary>
internal static class Replay
{
    /// <summary>
    /// Exact types only: a subclass may do what it likes. A stream that can seek is rewound by StreamContent itself,
    /// to where it stood at the first send.
    /// </summary>
    public static bool CanSendAgain(HttpContent? content)
    {
        if (content is null)
        {
            return true;
        }

        var type = content.GetType();
        if (type == typeof(ByteArrayContent) || type == typeof(StringContent) || type == typeof(FormUrlEncodedContent)
            || type == typeof(ReadOnlyMemoryContent) || type == typeof(JsonContent))
        {
            return true;
        }

        if (type == typeof(MultipartContent) || type == typeof(MultipartFormDataContent))
        {
            return ((MultipartContent)content).All(CanSendAgain);
        }

        return type == typeof(StreamContent) ? IsSeekable(content) : IsUnaryMessage(type);
    }

    // The library's content for one message serialises it each time it is asked to; that for a stream of them cannot begin again.
    private static bool IsUnaryMessage(Type type) =>
        type.Namespace == "Grpc.Net.Client.Internal" && type.Name.StartsWith("PushUnaryContent", StringComparison.Ordinal);

    /// <summary>Whether it can be sent twice at the same time: it keeps no place where it stands.</summary>
    public static bool CanSendTwice(HttpContent? content) =>
        content is not StreamContent and not MultipartContent && CanSendAgain(content);

    // A Content-Length that the caller wrote by hand says nothing of the stream, so the stream itself is asked.
    private static bool IsSeekable(HttpContent content) => content.ReadAsStream().CanSeek;
}
