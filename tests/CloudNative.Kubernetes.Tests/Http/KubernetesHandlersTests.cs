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
