using System.Net.Sockets;
using CloudNative.Discovery;

namespace CloudNative.Http.Connections;

/// <summary>
/// A picked endpoint could not be connected: nothing was sent. Still a SocketException with its code, because callers
/// look for one inside HttpRequestException.
/// </summary>
internal sealed class DialException : SocketException
{
    public DialException(ServiceInstance instance, InstanceEndpoint endpoint, SocketException inner)
        : base((int)inner.SocketErrorCode, Describe(instance, endpoint, inner))
    {
    }

    private static string Describe(ServiceInstance instance, InstanceEndpoint endpoint, SocketException inner) =>
        $"{inner.Message} (instance '{instance.Id}' of '{instance.Service}' at {endpoint.Host}:{endpoint.Port})";
}
