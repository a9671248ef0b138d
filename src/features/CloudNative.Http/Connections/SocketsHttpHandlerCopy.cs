using System.Net.Security;

namespace CloudNative.Http.Connections;

/// <summary>
/// Handlers with the settings of another one. A test compares with reflection, so that a new property of the runtime
/// is not forgotten.
/// </summary>
internal static class SocketsHttpHandlerCopy
{
    public static SocketsHttpHandler Copy(SocketsHttpHandler source)
    {
        var copy = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = source.ActivityHeadersPropagator,
            AllowAutoRedirect = source.AllowAutoRedirect,
            AutomaticDecompression = source.AutomaticDecompression,
            ConnectCallback = source.ConnectCallback,
            ConnectTimeout = source.ConnectTimeout,
            // One container for all endpoints: cookies belong to the logical host.
            CookieContainer = source.CookieContainer,
            Credentials = source.Credentials,
            DefaultProxyCredentials = source.DefaultProxyCredentials,
            EnableMultipleHttp2Connections = source.EnableMultipleHttp2Connections,
            EnableMultipleHttp3Connections = source.EnableMultipleHttp3Connections,
            Expect100ContinueTimeout = source.Expect100ContinueTimeout,
            InitialHttp2StreamWindowSize = source.InitialHttp2StreamWindowSize,
            KeepAlivePingDelay = source.KeepAlivePingDelay,
            KeepAlivePingPolicy = source.KeepAlivePingPolicy,
            KeepAlivePingTimeout = source.KeepAlivePingTimeout,
            MaxAutomaticRedirections = source.MaxAutomaticRedirections,
            MaxConnectionsPerServer = source.MaxConnectionsPerServer,
            MaxResponseDrainSize = source.MaxResponseDrainSize,
            MaxResponseHeadersLength = source.MaxResponseHeadersLength,
            MeterFactory = source.MeterFactory,
            PlaintextStreamFilter = source.PlaintextStreamFilter,
            PooledConnectionIdleTimeout = source.PooledConnectionIdleTimeout,
            PooledConnectionLifetime = source.PooledConnectionLifetime,
            PreAuthenticate = source.PreAuthenticate,
            Proxy = source.Proxy,
            RequestHeaderEncodingSelector = source.RequestHeaderEncodingSelector,
            ResponseDrainTimeout = source.ResponseDrainTimeout,
            ResponseHeaderEncodingSelector = source.ResponseHeaderEncodingSelector,
            SslOptions = source.SslOptions,
            UseCookies = source.UseCookies,
            UseProxy = source.UseProxy,
        };
        foreach (var (key, value) in source.Properties)
        {
            copy.Properties[key] = value;
        }

        return copy;
    }

    /// <summary>The same TLS settings for another name.</summary>
    public static SslClientAuthenticationOptions Copy(SslClientAuthenticationOptions source, string targetHost)
    {
        var copy = new SslClientAuthenticationOptions
        {
            AllowRenegotiation = source.AllowRenegotiation,
            AllowTlsResume = source.AllowTlsResume,
            ApplicationProtocols = source.ApplicationProtocols,
            CertificateChainPolicy = source.CertificateChainPolicy,
            CertificateRevocationCheckMode = source.CertificateRevocationCheckMode,
            CipherSuitesPolicy = source.CipherSuitesPolicy,
            ClientCertificateContext = source.ClientCertificateContext,
            ClientCertificates = source.ClientCertificates,
            EnabledSslProtocols = source.EnabledSslProtocols,
            EncryptionPolicy = source.EncryptionPolicy,
            LocalCertificateSelectionCallback = source.LocalCertificateSelectionCallback,
            RemoteCertificateValidationCallback = source.RemoteCertificateValidationCallback,
            TargetHost = targetHost,
        };
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            copy.AllowRsaPkcs1Padding = source.AllowRsaPkcs1Padding;
            copy.AllowRsaPssPadding = source.AllowRsaPssPadding;
        }

        return copy;
    }
}
