using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using CloudNative.Http.Connections;

namespace CloudNative.Http.Tests.Connections;

public sealed class HttpClientHandlerTranslationTests
{
    [Fact]
    public void TryTranslate_SettingsOfTheUser_AreCarriedOver()
    {
        using var source = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            CheckCertificateRevocationList = true,
            Credentials = new NetworkCredential("a", "b"),
            MaxConnectionsPerServer = 7,
            MaxResponseHeadersLength = 9,
            PreAuthenticate = true,
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            SslProtocols = SslProtocols.Tls13,
            UseCookies = false,
        };

        using var handler = HttpClientHandlerTranslation.TryTranslate(source);

        Assert.NotNull(handler);
        Assert.False(handler.AllowAutoRedirect);
        Assert.Equal(DecompressionMethods.GZip, handler.AutomaticDecompression);
        Assert.Equal(X509RevocationMode.Online, handler.SslOptions.CertificateRevocationCheckMode);
        Assert.Same(source.Credentials, handler.Credentials);
        Assert.Equal(7, handler.MaxConnectionsPerServer);
        Assert.Equal(9, handler.MaxResponseHeadersLength);
        Assert.True(handler.PreAuthenticate);
        Assert.NotNull(handler.SslOptions.RemoteCertificateValidationCallback);
        Assert.Equal(SslProtocols.Tls13, handler.SslOptions.EnabledSslProtocols);
        Assert.False(handler.UseCookies);
    }

    [Fact]
    public void TryTranslate_CertificatesFromTheUsersStore_IsRefused()
    {
        using var source = new HttpClientHandler { ClientCertificateOptions = ClientCertificateOption.Automatic };

        Assert.Null(HttpClientHandlerTranslation.TryTranslate(source));
    }
}
