using CloudNative.Kubernetes.Configuration;

namespace CloudNative.Kubernetes.Http;

/// <summary>
/// The bearer token. One from a file is read at every call: the kubelet replaces a projected token when a fifth of its
/// life is left (https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken).
/// </summary>
internal sealed class KubernetesToken(KubernetesOptions options)
{
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        if (options.TokenFile is not { } path)
        {
            return options.Token;
        }

        try
        {
            var text = (await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).Trim();
            return text.Length > 0 && !text.AsSpan().ContainsAny('\r', '\n')
                ? text
                : throw Unreadable(path, "it does not hold one token");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception.Message, exception);
        }
    }

    private static KubernetesException Unreadable(string path, string reason, Exception? cause = null) => new(
        $"{ErrorIds.TokenFile}: The token for Kubernetes cannot be read from {path}: {reason.TrimEnd('.')}. "
        + $"Correct the file or {KubernetesOptions.SectionName}:{nameof(KubernetesOptions.TokenFile)}; in a pod see "
        + "whether automountServiceAccountToken is off",
        cause: cause);
}
