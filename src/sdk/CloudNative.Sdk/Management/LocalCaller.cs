using System.Collections.Immutable;
using System.Net;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace CloudNative.Sdk.Management;

/// <summary>
/// Tells a caller on this machine by its connection. Headers never make a caller local; they only show that it is not.
/// </summary>
internal static class LocalCaller
{
    private static readonly ImmutableArray<string> HandedOn =
    [
        "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Host", "X-Real-IP",
        HeaderNames.Via,
    ];

    /// <summary>Whether the request came over a loopback connection, and from nobody further away.</summary>
    public static bool Is(HttpContext context) =>
        IsLoopback(context.Connection.RemoteIpAddress)
        && IsSocketLoopback(context.Features)
        && !IsHandedOn(context.Request.Headers)
        && !IsPublicName(context.Request.Host.Host);

    /// <summary>The socket's own addresses: middleware for forwarded headers cannot change them.</summary>
    private static bool IsSocketLoopback(IFeatureCollection features) =>
        features.Get<IConnectionEndPointFeature>() is not { } socket
        || (IsLoopback((socket.RemoteEndPoint as IPEndPoint)?.Address) && IsLoopback((socket.LocalEndPoint as IPEndPoint)?.Address));

    private static bool IsLoopback(IPAddress? address) => address is not null && IPAddress.IsLoopback(address);

    /// <summary>A proxy on this machine speaks for callers elsewhere.</summary>
    private static bool IsHandedOn(IHeaderDictionary headers)
    {
        foreach (var name in HandedOn)
        {
            if (headers.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A name that anybody's DNS can point to this machine: a page from there would be read by a browser here as its own. Names of
    /// services, such as <c>orders</c>, have no dot.
    /// </summary>
    private static bool IsPublicName(string host) =>
        host.Contains('.', StringComparison.Ordinal)
        && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
