using System.Globalization;
using System.Text.Json.Nodes;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>The variables of a pod: <c>envFrom</c>, then <c>env</c>, then what stands for the volumes and the image.</summary>
internal static class PodEnvironment
{
    private const string Urls = "ASPNETCORE_URLS";

    public static Dictionary<string, string?> Of(
        Manifest deployment, IReadOnlyDictionary<string, int> ports, string places, PodPlatform platform)
    {
        var container = deployment.Container;
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [Urls] = $"http://{Pod.Address}:{ports["http"]}",
            ["CloudNative__Kubernetes__Server"] = platform.Server.ToString(),
            ["CloudNative__Kubernetes__Token"] = platform.Token,
            ["CloudNative__Kubernetes__Namespace"] = "shop",
        };
        foreach (var source in container["envFrom"]!.AsArray())
        {
            Add(variables, source!, platform);
        }

        foreach (var variable in container["env"]!.AsArray())
        {
            variables[Manifest.Text(variable!["name"])] = Manifest.Text(variable["value"]);
        }

        foreach (var (name, value) in variables.Where(variable => variable.Value is not null).ToArray())
        {
            variables[name] = Listen(Move(value!, container, places), container, ports);
        }

        if (variables.Keys.Any(name => name.StartsWith("Kestrel__", StringComparison.Ordinal)))
        {
            variables.Remove(Urls);
        }

        return variables;
    }

    private static void Add(Dictionary<string, string?> variables, JsonNode source, PodPlatform platform)
    {
        if (source["configMapRef"] is { } reference)
        {
            var map = ManifestFiles.Read().Single(manifest =>
                manifest.Kind == "ConfigMap" && manifest.Name == Manifest.Text(reference["name"]));
            foreach (var (name, value) in map.Content["data"]!.AsObject())
            {
                variables[name] = Manifest.Text(value);
            }
        }
        else
        {
            Assert.Equal("shop-postgresql", Manifest.Text(source["secretRef"]!["name"]));
            variables["ConnectionStrings__postgresql"] = platform.ConnectionString;
        }
    }

    // A mounted directory is one of this machine; where nothing is mounted nothing can be written.
    private static string Move(string value, JsonNode container, string places)
    {
        foreach (var mount in container["volumeMounts"]!.AsArray())
        {
            var path = Manifest.Text(mount!["mountPath"]);
            if (value == path || value.StartsWith($"{path}/", StringComparison.Ordinal))
            {
                return places + value;
            }
        }

        return value;
    }

    private static string Listen(string value, JsonNode container, IReadOnlyDictionary<string, int> ports)
    {
        foreach (var port in container["ports"]!.AsArray())
        {
            var number = port!["containerPort"]!.GetValue<int>().ToString(CultureInfo.InvariantCulture);
            var mine = ports[Manifest.Text(port["name"])].ToString(CultureInfo.InvariantCulture);
            value = value.Replace($"http://*:{number}", $"http://{Pod.Address}:{mine}", StringComparison.Ordinal);
        }

        return value;
    }
}
