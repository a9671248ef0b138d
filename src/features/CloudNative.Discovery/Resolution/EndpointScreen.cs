using System.Net;
using System.Net.Sockets;
using CloudNative.Discovery.Configuration;
using CloudNative.Discovery.Telemetry;
using Microsoft.Extensions.Logging;

namespace CloudNative.Discovery.Resolution;

/// <summary>
/// Keeps addresses that cannot be right out of the table, whatever source says them: each would cost calls until it is
/// ejected, and an unspecified or link-local one may reach something else than the service. What is dropped is counted,
/// and logged once a reason.
/// </summary>
internal sealed partial class EndpointScreen(CurrentDiscoveryOptions options, DiscoveryMetrics metrics, ILogger logger)
{
    private static readonly string[] UsualSchemes = ["http", "https"];

    private readonly Lock _lock = new();
    private readonly HashSet<(string Service, string Reason)> _logged = [];

    /// <summary>The update without what cannot be right; the same one when all of it may be.</summary>
    public EndpointUpdate Screen(string service, string source, EndpointUpdate update)
    {
        var schemes = options.Value.AllowedSchemes is { Count: > 0 } allowed ? allowed : UsualSchemes;
        if (update.Instances.All(instance => instance.Endpoints.All(endpoint => ReasonToDrop(endpoint, schemes) is null)))
        {
            return update;
        }

        var kept = new List<ServiceInstance>(update.Instances.Count);
        foreach (var instance in update.Instances)
        {
            InstanceEndpoint[] endpoints = [.. instance.Endpoints.Where(endpoint => !IsDropped(service, source, endpoint, schemes))];
            if (endpoints.Length == instance.Endpoints.Count)
            {
                kept.Add(instance);
            }
            else if (endpoints.Length > 0)
            {
                kept.Add(instance with { Endpoints = endpoints });
            }
        }

        return kept.Count > 0
            ? EndpointUpdate.Answer(kept, update.IsConfirmed)
            : EndpointUpdate.NoInstance(Explain(source, update, schemes), update.IsConfirmed);
    }

    private static string Explain(string source, EndpointUpdate update, IList<string> schemes)
    {
        var endpoints = update.Instances.SelectMany(instance => instance.Endpoints).ToList();
        return $"{source} lists only addresses that cannot be right: {Text(endpoints[0])} ({ReasonToDrop(endpoints[0], schemes)})"
            + (endpoints.Count > 1 ? $" and {endpoints.Count - 1} more" : "");
    }

    private static string Text(InstanceEndpoint endpoint) => $"{endpoint.Scheme}://{endpoint.Host}:{endpoint.Port}";

    private bool IsDropped(string service, string source, InstanceEndpoint endpoint, IList<string> schemes)
    {
        if (ReasonToDrop(endpoint, schemes) is not { } reason)
        {
            return false;
        }

        metrics.Dropped(service, reason);
        lock (_lock)
        {
            if (!_logged.Add((service, reason)))
            {
                return true;
            }
        }

        LogDropped(service, source, Text(endpoint), reason);
        return true;
    }

    private static string? ReasonToDrop(InstanceEndpoint endpoint, IList<string> schemes) =>
        endpoint.Port is < 1 or > 65535 ? "port"
        : !schemes.Contains(endpoint.Scheme, StringComparer.OrdinalIgnoreCase) ? "scheme"
        : string.IsNullOrWhiteSpace(endpoint.Host) ? "unspecified"
        : IPAddress.TryParse(endpoint.Host, out var address) ? ReasonToDrop(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        : null;

    private static string? ReasonToDrop(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? "unspecified"
        : address.IsIPv6LinkLocal || IsAutomatic(address) ? "link_local"
        : null;

    // 169.254.0.0/16, RFC 3927.
    private static bool IsAutomatic(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.AddressFamily == AddressFamily.InterNetwork
            && address.TryWriteBytes(bytes, out _)
            && bytes is [169, 254, ..];
    }
}
