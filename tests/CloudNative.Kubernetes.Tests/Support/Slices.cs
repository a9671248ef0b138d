using System.Text.Json.Nodes;

namespace CloudNative.Kubernetes.Tests.Support;

/// <summary>EndpointSlices as a cluster has them.</summary>
internal static class Slices
{
    /// <param name="service">The Service that it belongs to.</param>
    /// <param name="name">Its own name.</param>
    /// <param name="endpoints">Its endpoints.</param>
    /// <param name="ports">Its ports; one without a name at 8080 when left out.</param>
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="place">The namespace.</param>
    public static JsonObject Of(
        string service,
        string name,
        JsonObject[] endpoints,
        JsonObject[]? ports = null,
        string family = "IPv4",
        string place = InformerBench.Place) => new()
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = place,
                ["labels"] = new JsonObject { [KubernetesEndpointSlice.ServiceNameLabel] = service },
            },
            ["addressType"] = family,
            ["endpoints"] = new JsonArray([.. endpoints]),
            ["ports"] = new JsonArray([.. ports ?? [Port(null, 8080)]]),
        };

    public static JsonObject Port(string? name, int number, string? protocol = null, string? application = null) => new()
    {
        ["name"] = name,
        ["port"] = number,
        ["protocol"] = protocol,
        ["appProtocol"] = application,
    };

    public static JsonObject Pod(
        string name,
        string address,
        bool? isReady = true,
        bool? isServing = null,
        bool? isTerminating = null,
        string? zone = null,
        params string[] forZones)
    {
        var endpoint = new JsonObject
        {
            ["addresses"] = new JsonArray(address),
            ["conditions"] = new JsonObject { ["ready"] = isReady, ["serving"] = isServing, ["terminating"] = isTerminating },
            ["nodeName"] = $"node-of-{name}",
            ["targetRef"] = new JsonObject { ["kind"] = "Pod", ["name"] = name },
            ["zone"] = zone,
        };
        if (forZones.Length > 0)
        {
            var zones = forZones.Select(one => (JsonNode)new JsonObject { ["name"] = one });
            endpoint["hints"] = new JsonObject { ["forZones"] = new JsonArray([.. zones]) };
        }

        return endpoint;
    }
}
