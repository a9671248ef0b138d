using System.Net;
using System.Text.Json;
using CloudNative.Kubernetes.Configuration;

namespace CloudNative.Kubernetes.Http;

/// <summary>Says what failed, and what to do about it.</summary>
internal static class KubernetesErrors
{
    private const int MostText = 400;

    public static async Task<KubernetesException> OfAnswerAsync(
        KubernetesCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = (await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Trim();
        var retry = response.Headers.RetryAfter?.Delta;
        return OfStatus(
            call, response.StatusCode, Read(text) ?? new StatusDocument(null, Shorten(text), null, null, null), retry);
    }

    public static KubernetesException OfStatus(
        KubernetesCall call, HttpStatusCode status, StatusDocument document, TimeSpan? retryAfter = null)
    {
        var text = Shorten(document.Message ?? document.Reason ?? string.Empty);
        retryAfter ??= document.Details?.RetryAfterSeconds is { } seconds and > 0
            ? TimeSpan.FromSeconds(seconds)
            : null;
        return status switch
        {
            HttpStatusCode.Forbidden => OfForbidden(call, document.Reason, text),
            HttpStatusCode.Unauthorized => new KubernetesException(
                $"{ErrorIds.Unauthorized}: Kubernetes does not know the token ({call}: {text}). In a pod its service "
                + "account was deleted, or the token has expired unread; elsewhere correct "
                + $"{KubernetesOptions.SectionName}:{nameof(KubernetesOptions.TokenFile)}",
                status,
                document.Reason),
            HttpStatusCode.Conflict => new KubernetesConflictException(
                $"{ErrorIds.Conflict}: Somebody else was first ({call}: {text}). Read the object again, then decide",
                document.Reason),
            HttpStatusCode.Gone => new KubernetesExpiredException(
                $"{ErrorIds.Expired}: Kubernetes no longer knows the state that was named ({call}: {text}). List again",
                document.Reason),
            HttpStatusCode.NotFound when call.Verb is "list" or "watch" => new KubernetesException(
                $"{ErrorIds.UnknownKind}: Kubernetes does not know what was asked for ({call}: {text}). See whether "
                + "the server is new enough (endpointslices: 1.21), and whether the definition of the kind is installed: "
                + "kubectl api-resources",
                status,
                document.Reason),
            _ => new KubernetesException(
                $"{ErrorIds.Failed}: Kubernetes could not do it ({call}): {(int)status} {text}",
                status,
                document.Reason)
            {
                RetryAfter = retryAfter,
            },
        };
    }

    public static KubernetesException OfSilence(
        Uri server, KubernetesCall call, TimeSpan timeout, Exception exception) => new(
        $"{ErrorIds.NotReachable}: Kubernetes at {server} did not answer within {timeout.TotalSeconds:0.#} s ({call}). "
        + "See whether the API server has work to do, and whether a network policy lets this pod reach it",
        cause: exception);

    public static KubernetesException OfBreak(Uri server, KubernetesCall call, Exception exception) => new(
        $"{ErrorIds.NotReachable}: Kubernetes at {server} cannot be reached ({call}): {Reason(exception)}. "
        + $"See whether {KubernetesOptions.SectionName}:{nameof(KubernetesOptions.Server)} and "
        + $"{nameof(KubernetesOptions.CaFile)} are right, and whether a network policy lets this pod reach it",
        cause: exception);

    /// <summary>It answered, so that it is not away; asking for the same again gives the same.</summary>
    public static KubernetesException OfNonsense(KubernetesCall call, Exception exception) => new(
        $"{ErrorIds.Failed}: Kubernetes answered what cannot be read ({call}): {Reason(exception)}. See whether the types that the "
        + "kind's record declares are those of its definition, and whether something stands between that answers in its place",
        HttpStatusCode.OK,
        cause: exception);

    public static KubernetesException OfNoServer() => new(
        $"{ErrorIds.NoServer}: There is no Kubernetes here: neither "
        + $"{KubernetesOptions.SectionName}:{nameof(KubernetesOptions.Server)} nor KUBERNETES_SERVICE_HOST is set. "
        + "Set the key outside of a cluster (http://127.0.0.1:8001 for kubectl proxy)");

    /// <summary>A document that says what failed; null for anything else.</summary>
    public static StatusDocument? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, KubernetesJson.Default.StatusDocument) is { Kind: "Status" } status
                ? status
                : null;
        }
        catch (JsonException)
        {
            return null; // A proxy before the server answers in its own words.
        }
    }

    private static KubernetesForbiddenException OfForbidden(KubernetesCall call, string? reason, string text)
    {
        var rule = RbacRule.For(call);
        var place = call.Namespace is { } name
            ? $"the Role of this service account in namespace {name}"
            : "its ClusterRole";
        return new KubernetesForbiddenException(
            $"{ErrorIds.Forbidden}: Kubernetes refuses to {call}: {text}. Add to the rules of {place}:\n{rule}",
            reason,
            call.Verb,
            call.Group,
            call.Resource,
            call.Namespace,
            rule);
    }

    // Outer words are "an error occurred" or "see inner exception", but of a connection that was refused.
    private static string Reason(Exception exception) =>
        (exception is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError,
        }
            ? exception
            : exception.GetBaseException()).Message.TrimEnd('.');

    private static string Shorten(string text) => text.Length > MostText ? text[..MostText] + "…" : text;
}
