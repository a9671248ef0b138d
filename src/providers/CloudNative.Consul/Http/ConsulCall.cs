using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Consul.Http;

/// <summary>One call to the agent.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Operation">What it is for, as the metric says it.</param>
/// <param name="Policies">The ACL rules that it needs, for the message when one is missing.</param>
/// <param name="Timeout">How long it may take altogether.</param>
internal sealed record ConsulCall(HttpMethod Method, string Path, string Operation, string Policies, TimeSpan Timeout)
{
    /// <summary>
    /// Whether it is repeated anyway, so that it need not be made while the agent is known to be away.
    /// </summary>
    public bool IsPaced { get; init; }

    /// <summary>A status other than 200 that is an answer and no failure.</summary>
    public HttpStatusCode? AlsoAnswers { get; init; }

    /// <summary>What is sent, if anything.</summary>
    public Func<HttpContent>? Body { get; init; }

    /// <summary>
    /// A body that is written as JSON. Its length is told: agents take a body without one for none where it may be left
    /// out.
    /// </summary>
    public static Func<HttpContent> Json<T>(T value, JsonTypeInfo<T> type) => () => new ByteArrayContent(
        JsonSerializer.SerializeToUtf8Bytes(value, type))
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };
}
