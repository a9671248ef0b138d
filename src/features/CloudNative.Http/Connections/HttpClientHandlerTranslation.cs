using System.Security.Cryptography.X509Certificates;

namespace CloudNative.Http.Connections;

/// <summary>
/// The settings of an HttpClientHandler as a SocketsHttpHandler, which alone can dial a chosen address. What
/// HttpClientHandler does beyond that (picking a client certificate from the user's store, buffering limits) has no
/// counterpart.
/// </summary>
internal static class HttpClientHandlerTranslation
{
    /// <summary>Null when the handler uses what cannot be translated.</summary>
    public static SocketsHttpHandler? TryTranslate(HttpClientHandler source)
    {
        if (source.ClientCertificateOptions != ClientCertificateOption.Manual)
        {
            return null;
        }

        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = source.AllowAutoRedirect,
            AutomaticDecompression = source.AutomaticDecompression,
            CookieContainer = source.CookieContainer,
            // UseDefaultCredentials shows up here too.
            Credentials = source.Credentials,
            DefaultProxyCredentials = source.DefaultProxyCredentials,
            MaxAutomaticRedirections = source.MaxAutomaticRedirections,
            MaxConnectionsPerServer = source.MaxConnectionsPerServer,
            MaxResponseHeadersLength = source.MaxResponseHeadersLength,
            MeterFactory = source.MeterFactory,
            PreAuthenticate = source.PreAuthenticate,
            Proxy = source.Proxy,
            UseCookies = source.UseCookies,
            UseProxy = source.UseProxy,
        };
        TranslateTls(source, handler);
        foreach (var (key, value) in source.Properties)
        {
            handler.Properties[key] = value;
        }

        return handler;
    }

    private static void TranslateTls(HttpClientHandler source, SocketsHttpHandler handler)
    {
        handler.SslOptions.EnabledSslProtocols = source.SslProtocols;
        handler.SslOptions.CertificateRevocationCheckMode =
            source.CheckCertificateRevocationList ? X509RevocationMode.Online : X509RevocationMode.NoCheck;
        if (source.ClientCertificates.Count > 0)
        {
            handler.SslOptions.ClientCertificates = source.ClientCertificates;
        }

        if (source.ServerCertificateCustomValidationCallback is { } validate)
        {
            // One connection serves many requests, so the callback gets a message that stands for them all.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                using var message = new HttpRequestMessage();
                return validate(message, certificate as X509Certificate2, chain, errors);
            };
        }
    }
}
