using System.Net.Security;

namespace CloudNative.Http.Connections;

/// <summary>
/// TLS under another name than the URI's. SocketsHttpHandler always asks for the URI's name, but takes a stream that
/// is secured already as it is; so the protocols to offer are chosen here as it would.
/// </summary>
internal static class NamedTls
{
    public static async ValueTask<Stream> SecureAsync(
        Stream stream,
        SslClientAuthenticationOptions options,
        string name,
        HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var named = SocketsHttpHandlerCopy.Copy(options, name);
        named.ApplicationProtocols = Protocols(request);
        var secured = new SslStream(stream);
        try
        {
            await secured.AuthenticateAsClientAsync(named, cancellationToken).ConfigureAwait(false);
            return secured;
        }
        catch
        {
            await secured.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static List<SslApplicationProtocol> Protocols(HttpRequestMessage request) => request switch
    {
        { Version.Major: >= 2, VersionPolicy: not HttpVersionPolicy.RequestVersionOrLower } => [SslApplicationProtocol.Http2],
        { Version.Major: >= 2 } or { VersionPolicy: HttpVersionPolicy.RequestVersionOrHigher } =>
            [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        _ => [SslApplicationProtocol.Http11],
    };
}
