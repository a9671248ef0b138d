using CloudNative.Consul.Configuration;

namespace CloudNative.Consul.Http;

/// <summary>The ACL token; one from a file is read at every call, as whoever issues it replaces the file.</summary>
internal sealed class ConsulToken(ConsulOptions options)
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
            return text.Length > 0 && !text.AsSpan().ContainsAny('\r', '\n') ? text : throw Unreadable(path, "it does not hold one token");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, exception.Message, exception);
        }
    }

    private static ConsulException Unreadable(string path, string reason, Exception? cause = null) => new(
        $"{ErrorIds.TokenFile}: The token of Consul cannot be read from {path}: {reason.TrimEnd('.')}. "
        + $"Correct the file or {ConsulOptions.SectionName}:{nameof(ConsulOptions.TokenFile)} (CONSUL_HTTP_TOKEN_FILE)",
        innerException: cause);
}
