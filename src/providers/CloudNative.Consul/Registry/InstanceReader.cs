using System.Globalization;
using CloudNative.Consul.Http;
using CloudNative.Discovery;

namespace CloudNative.Consul.Registry;

/// <summary>Understands what is in the catalogue, whoever registered it.</summary>
internal static class InstanceReader
{
    private const int MostEndpoints = 64;

    /// <summary>The worst of the states of an instance and its node; maintenance is a check in state critical.</summary>
    public static HealthState StateOf(HealthDocument document)
    {
        var state = HealthState.Passing;
        foreach (var check in document.Checks ?? [])
        {
            if (check.Status == "warning" && state == HealthState.Passing)
            {
                state = HealthState.Warning;
            }
            else if (check.Status is not ("passing" or "warning"))
            {
                return HealthState.Critical;
            }
        }

        return state;
    }

    /// <summary>
    /// Whether somebody has said that the instance takes no calls: the service itself, or a person who put it into maintenance. One that is
    /// critical for other reasons alone may be well: its agent was restarted, or cannot be reached.
    /// </summary>
    public static bool IsWithdrawn(HealthDocument document) => document.Checks?.Exists(
        check => check.Status is not ("passing" or "warning") && (IsOwnWord(document, check) || IsMaintenance(check))) == true;

    public static ServiceInstance Read(string service, HealthDocument document, HealthState state)
    {
        var said = document.Service ?? new ServiceDocument();
        var meta = Gather(said);
        var id = meta.GetValueOrDefault(MetaKeys.Id);
        return new ServiceInstance
        {
            Service = said.Service is { Length: > 0 } name ? name : service,
            Id = id ?? $"{document.Node?.Node}/{said.ID}", // The catalogue's ids differ within a node only.
            Endpoints = ReadEndpoints(document, said, meta),
            Version = meta.GetValueOrDefault(MetaKeys.Version),
            Zone = meta.GetValueOrDefault(MetaKeys.Zone),
            Weight = ReadWeight(said, meta, state),
            Priority = ReadNumber(meta, MetaKeys.Priority) ?? 0,
            Metadata = id is null ? meta : ReadOwn(said.Meta!),
        };
    }

    private static bool IsOwnWord(HealthDocument document, CheckDocument check) =>
        document.Service is { Meta: { } meta } said
        && meta.ContainsKey(MetaKeys.Id)
        && check.CheckID == $"service:{said.ID}"
        && check.Output == InstanceWriter.OutputOf(ready: false);

    private static bool IsMaintenance(CheckDocument check) =>
        check.CheckID is { } id
        && (id == "_node_maintenance" || id.StartsWith("_service_maintenance:", StringComparison.Ordinal));

    /// <summary>Metadata, and tags that are written as such: that is how it was done before Consul had metadata.</summary>
    private static Dictionary<string, string> Gather(ServiceDocument said)
    {
        var meta = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in said.Meta ?? [])
        {
            meta[key] = value ?? string.Empty;
        }

        foreach (var tag in said.Tags ?? [])
        {
            var split = tag.IndexOf('=', StringComparison.Ordinal);
            if (split > 0)
            {
                meta.TryAdd(tag[..split], tag[(split + 1)..]);
            }
        }

        return meta;
    }

    private static Dictionary<string, string> ReadOwn(Dictionary<string, string?> said)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in said)
        {
            if (!MetaKeys.IsTaken(key))
            {
                metadata[key] = value ?? string.Empty;
            }
            else if (key.StartsWith(MetaKeys.Pair, StringComparison.Ordinal) && value?.Split('=', 2) is [var left, var right])
            {
                metadata[Uri.UnescapeDataString(left)] = Uri.UnescapeDataString(right);
            }
        }

        return metadata;
    }

    private static List<InstanceEndpoint> ReadEndpoints(HealthDocument document, ServiceDocument said, Dictionary<string, string> meta)
    {
        // Who registers no address is reached where the agent is.
        var host = said.Address is { Length: > 0 } address ? address : document.Node?.Address ?? string.Empty;
        var own = new InstanceEndpoint(ReadScheme(said, meta), host.Trim('[', ']'), said.Port);
        var endpoints = new List<InstanceEndpoint>
        {
            EndpointText.Read(meta.GetValueOrDefault($"{MetaKeys.Endpoint}0")) ?? own,
        };
        for (var index = 1; index < MostEndpoints && meta.TryGetValue($"{MetaKeys.Endpoint}{index}", out var text); index++)
        {
            if (EndpointText.Read(text) is { } endpoint)
            {
                endpoints.Add(endpoint);
            }
        }

        return endpoints;
    }

    private static string ReadScheme(ServiceDocument said, Dictionary<string, string> meta)
    {
        if (meta.GetValueOrDefault(MetaKeys.Scheme) is { } scheme)
        {
            if (scheme.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UriSchemeHttps;
            }

            if (scheme.Equals(Uri.UriSchemeHttp, StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UriSchemeHttp;
            }
        }

        if (meta.GetValueOrDefault(MetaKeys.Secure) is { } secure)
        {
            return secure.Equals("true", StringComparison.OrdinalIgnoreCase) ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        }

        var isTagged = said.Tags?.Exists(tag =>
            tag.Equals(Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase)
            || tag.Equals(MetaKeys.Secure, StringComparison.OrdinalIgnoreCase));
        return isTagged == true ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
    }

    private static int ReadWeight(ServiceDocument said, Dictionary<string, string> meta, HealthState state)
    {
        var weights = said.Weights ?? new WeightsDocument();
        var weight = state == HealthState.Warning ? weights.Warning : weights.Passing;
        return (state == HealthState.Warning ? null : ReadNumber(meta, MetaKeys.Weight))
            ?? Math.Max(0, weight) * ServiceInstance.DefaultWeight;
    }

    private static int? ReadNumber(Dictionary<string, string> meta, string key) =>
        int.TryParse(meta.GetValueOrDefault(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
