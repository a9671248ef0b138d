using System.Net;

namespace CloudNative.Http.Connections;

/// <summary>
/// The machine's own proxy (environment, system settings) without the service: the address of a picked endpoint is
/// known, so the call goes straight there. A redirect to another host still takes the proxy.
/// </summary>
internal sealed class ServiceProxyBypass(string host, IWebProxy inner) : IWebProxy
{
    public ICredentials? Credentials
    {
        get => inner.Credentials;
        set => inner.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsService(destination) ? null : inner.GetProxy(destination);

    public bool IsBypassed(Uri host) => IsService(host) || inner.IsBypassed(host);

    private bool IsService(Uri uri) => string.Equals(uri.Host, host, StringComparison.OrdinalIgnoreCase);
}
