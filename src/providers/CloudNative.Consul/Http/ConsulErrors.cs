using System.Net;
using CloudNative.Consul.Configuration;

namespace CloudNative.Consul.Http;

/// <summary>Says what failed, and what to do about it.</summary>
internal static class ConsulErrors
{
    private const int MostText = 300;

    public static async Task<ConsulException> OfAnswerAsync(
        ConsulCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = (await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Trim();
        text = text.Length > MostText ? text[..MostText] + "…" : text;
        var isRefused = response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized;
        return new ConsulException(isRefused ? Refused(call, text) : Failed(call, response.StatusCode, text), response.StatusCode);
    }

    public static ConsulException OfSilence(Uri address, ConsulCall call, Exception exception) => new(
        $"{ErrorIds.NotReachable}: Consul at {address} did not answer within {call.Timeout.TotalSeconds:0.#} s ({call.Operation}). "
        + "See whether the agent runs and has work to do",
        innerException: exception);

    public static ConsulException OfBreak(Uri address, ConsulCall call, Exception exception) => new(
        $"{ErrorIds.NotReachable}: Consul at {address} cannot be reached ({call.Operation}): {Reason(exception)}. "
        + $"See whether the agent runs, and whether {ConsulOptions.SectionName}:{nameof(ConsulOptions.Address)} (CONSUL_HTTP_ADDR) "
        + $"is right{Certificates(address)}",
        innerException: exception);

    // Outer words are "an error occurred" or "see inner exception", but of a connection that was refused.
    private static string Reason(Exception exception) =>
        (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError }
            ? exception
            : exception.GetBaseException()).Message.TrimEnd('.');

    // Some servers end the connection without a word when they miss the caller's certificate.
    private static string Certificates(Uri address) => address.Scheme == Uri.UriSchemeHttps
        ? $", and {ConsulOptions.SectionName}:{nameof(ConsulOptions.CaFile)} and {nameof(ConsulOptions.ClientCertificateFile)}"
        : string.Empty;

    /// <summary>The answer is empty because the token may not see what it should hold.</summary>
    public static string Filtered(string policies) =>
        $"{ErrorIds.Filtered}: Consul left out what the token may not see. The token needs {policies}";

    /// <summary>A part of a transaction was refused for the token; the answer as a whole is not 403.</summary>
    public static ConsulException OfRefusedPart(ConsulCall call, string text) => new(Refused(call, text), HttpStatusCode.Forbidden);

    /// <summary>A part of a transaction could not be done.</summary>
    public static ConsulException OfFailedPart(ConsulCall call, string text) =>
        new(Failed(call, HttpStatusCode.Conflict, text), HttpStatusCode.Conflict);

    private static string Refused(ConsulCall call, string text) =>
        // "ACL not found" is how servers say that they do not know the token at all; others name what is missing.
        text.Contains("ACL not found", StringComparison.OrdinalIgnoreCase)
            ? $"{ErrorIds.Refused}: Consul does not know the token ({text}). Correct {ConsulOptions.SectionName}:"
              + $"{nameof(ConsulOptions.Token)} or {nameof(ConsulOptions.TokenFile)} (CONSUL_HTTP_TOKEN, CONSUL_HTTP_TOKEN_FILE); "
              + $"it needs {call.Policies}"
            : $"{ErrorIds.Refused}: Consul refuses ({call.Operation}: {text}). The token needs {call.Policies}";

    private static string Failed(ConsulCall call, HttpStatusCode status, string text) =>
        $"{ErrorIds.Failed}: Consul could not do it ({call.Operation}): {(int)status} {text}";
}
