using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudNative.Kubernetes.Http;

/// <summary>
/// Makes the handler that reaches the API server. It is no client of <c>IHttpClientFactory</c>: those may look for
/// services, and this is how services are found.
/// </summary>
internal static class KubernetesHandlers
{
    // An authority of the cluster signs clients, too; none of them may pass for the server and be shown the token.
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(30);

    // A connection whose other end is gone without a word is found by pings, long before a watch's silence is.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(10);

    public static SocketsHttpHandler Create(KubernetesOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = PingDelay,
            KeepAlivePingTimeout = PingTimeout,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            ActivityHeadersPropagator = null, // A watch that stays open for minutes is no span of anybody's request.
        };
        if (options.CaFile is { } authorities)
        {
            handler.SslOptions.RemoteCertificateValidationCallback =
                (_, certificate, chain, errors) => IsTrusted(authorities, certificate, chain, errors);
        }

        if (options is { ClientCertificateFile: { } file, ClientKeyFile: { } key })
        {
            handler.SslOptions.ClientCertificateContext =
                SslStreamCertificateContext.Create(
                    X509Certificate2.CreateFromPemFile(file, key), additionalCertificates: null);
        }

        return handler;
    }

    // The authority is read at each handshake, as the cluster replaces it; then only it counts. The name has to fit
    // anyway.
    private static bool IsTrusted(string authorities, X509Certificate? shown, X509Chain? sent, SslPolicyErrors errors)
    {
        const SslPolicyErrors fatal =
            SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateNotAvailable;
        if (shown is not X509Certificate2 certificate || (errors & fatal) != 0)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // A cluster's own authority publishes no lists.
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        try
        {
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(authorities);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return false;
        }

        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(certificate);
    }
}
