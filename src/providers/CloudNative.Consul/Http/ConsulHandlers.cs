using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CloudNative.Consul.Http;

/// <summary>
/// Makes the handler that reaches the agent. It is no client of <c>IHttpClientFactory</c>: those may look for services,
/// and this is how services are found.
/// </summary>
internal static class ConsulHandlers
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(10);

    public static SocketsHttpHandler Create(ConsulOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            ActivityHeadersPropagator = null, // A question that waits a minute is no span of anybody's request.
        };
        if (options.CaFile is { } authorities)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck, // Consul's own authority publishes no lists.
            };
            policy.CustomTrustStore.ImportFromPemFile(authorities);
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        if (options is { ClientCertificateFile: { } certificate, ClientKeyFile: { } key })
        {
            handler.SslOptions.ClientCertificateContext =
                SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificate, key), additionalCertificates: null);
        }

        return handler;
    }
}
