using CloudNative.Lifecycle;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Sdk.Serving;

/// <summary>
/// Reads where the web server listens. A worker that has this package installed has no server and no addresses.
/// </summary>
internal sealed class ServerAddresses(IServiceProvider services, IHostModeProvider mode) : IListeningAddresses
{
    private static readonly string[] Wildcards = ["://*:", "://+:", "://*/", "://+/"];

    public IReadOnlyList<Uri> GetAddresses()
    {
        if (mode.Mode != HostMode.Service)
        {
            return [];
        }

        var bound = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses;
        return bound is null ? [] : [.. bound.Select(Parse).OfType<Uri>()];
    }

    public string? GetName(Uri address)
    {
        var names = ServerEndpointNames.Of(services.GetRequiredService<IConfiguration>(), GetAddresses());
        return names.GetValueOrDefault(address);
    }

    /// <summary>
    /// Reads one address as the server writes it; <see langword="null"/> for one without a port (Unix socket, named
    /// pipe).
    /// </summary>
    internal static Uri? Parse(string address) => Parse(address, allowAnyPort: false);

    /// <summary>As above; with port 0 for any free one, too.</summary>
    internal static Uri? Parse(string address, bool allowAnyPort)
    {
        foreach (var wildcard in Wildcards)
        {
            address = address.Replace(wildcard, $"://[::]{wildcard[^1]}", StringComparison.Ordinal);
        }

        var isSocket = Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && uri.Host is not ("unix" or "pipe") && (uri.Port > 0 || (allowAnyPort && uri.Port == 0));
        return isSocket ? uri : null;
    }
}
