using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using CloudNative.Kubernetes.Http;
using CloudNative.Kubernetes.Tests.Support;

namespace CloudNative.Kubernetes.Tests.Http;

/// <summary>The authority is read at each handshake.</summary>
public sealed class KubernetesHandlersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Authority_Replaced_CountsFromTheNextHandshake()
    {
        using var old = new Authority();
        using var renewed = new Authority();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using var client = new HttpClient(KubernetesHandlers.Create(new KubernetesOptions { CaFile = old.CaFile }));

        // The server has a new certificate, of an authority that the file does not name yet.
        var refusing = AnswerAsync(listener, renewed);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(address, Cancel));
        await refusing;
        File.Copy(renewed.CaFile, old.CaFile, overwrite: true);
        var answering = AnswerAsync(listener, renewed);
        using var response = await client.GetAsync(address, Cancel);
        await answering;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", "1.3.6.1.5.5.7.3.1", true)] // a server's
    [InlineData("127.0.0.1", "1.3.6.1.5.5.7.3.2", false)] // a client's, of the same authority
    [InlineData("127.0.0.2", "1.3.6.1.5.5.7.3.1", false)] // another server's
    public async Task Certificate_OfTheAuthority_HasToBeThatOfThisServer(string host, string purpose, bool isTrusted)
    {
        using var authority = new Authority(host, purpose);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using var client = new HttpClient(KubernetesHandlers.Create(new KubernetesOptions { CaFile = authority.CaFile }));

        var answering = AnswerAsync(listener, authority);
        var failure = await Record.ExceptionAsync(() => client.GetAsync(address, Cancel));
        await answering;

        Assert.Equal(isTrusted ? null : typeof(HttpRequestException), failure?.GetType());
    }

    private static async Task AnswerAsync(TcpListener listener, Authority authority)
    {
        using var connection = await listener.AcceptTcpClientAsync(Cancel);
        await using var stream = new SslStream(connection.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(authority.Certificate);
            var request = new byte[1024];
            if (await stream.ReadAsync(request, Cancel) > 0)
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancel);
            }
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client does not trust it.
        }
    }
}
