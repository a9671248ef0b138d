using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using CloudNative.Discovery;

namespace CloudNative.Http.Connections;

/// <summary>
/// Connects the handler of one endpoint: the logical authority leads to the endpoint's address, whatever else the
/// handler wants to reach (a redirect to another host, a proxy) to where DNS says.
/// </summary>
internal sealed class EndpointDialer(
    ServiceInstance instance, InstanceEndpoint endpoint, LogicalAuthority authority, SslClientAuthenticationOptions tls)
{
    public async ValueTask<Stream> DialAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var asked = context.DnsEndPoint;
        if (Find(asked, context.InitialRequestMessage.RequestUri?.Scheme) is not { } found)
        {
            return await ConnectAsync(asked, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var stream = await ConnectAsync(AddressOf(found), cancellationToken).ConfigureAwait(false);
            return found.Authority is { } name && context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps
                ? await NamedTls.SecureAsync(stream, tls, name, context.InitialRequestMessage, cancellationToken)
                    .ConfigureAwait(false)
                : stream;
        }
        catch (SocketException exception)
        {
            throw new DialException(instance, found, exception);
        }
    }

    /// <summary>
    /// The endpoint of this instance that a host and port mean; null for somebody else's. A service that redirects its
    /// callers from http to https names itself with the other scheme's default port, or with the port it knows itself
    /// to listen on.
    /// </summary>
    internal InstanceEndpoint? Find(DnsEndPoint asked, string? scheme)
    {
        if (!authority.IsHost(asked.Host))
        {
            return null;
        }

        if (asked.Port == authority.Port)
        {
            return endpoint;
        }

        var byPort = instance.Endpoints.FirstOrDefault(other => other.Port == asked.Port);
        var isDefaultPort = asked.Port == (scheme == Uri.UriSchemeHttps ? 443 : 80);
        return byPort ?? (isDefaultPort ? instance.Endpoints.FirstOrDefault(other => other.Scheme == scheme) : null);
    }

    private static EndPoint AddressOf(InstanceEndpoint endpoint) => IPAddress.TryParse(endpoint.Host, out var address)
        ? new IPEndPoint(address, endpoint.Port)
        : new DnsEndPoint(endpoint.Host, endpoint.Port);

    private static async ValueTask<Stream> ConnectAsync(EndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
