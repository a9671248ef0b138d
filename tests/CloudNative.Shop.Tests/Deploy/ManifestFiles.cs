using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>Reads the Shop's manifests as kubectl does.</summary>
internal static class ManifestFiles
{
    private const string Kustomization = "kustomization.yaml";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "deploy");

    /// <summary>All objects that <c>kubectl apply -k</c> sends, in its order.</summary>
    public static IReadOnlyList<Manifest> Read() => [.. Listed().SelectMany(ReadFile)];

    public static IReadOnlyList<string> Listed() =>
        [.. Assert.Single(ReadFile(Kustomization)).Content["resources"]!.AsArray().Select(Manifest.Text)];

    public static IReadOnlyList<string> Present() =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Where(file => file != Kustomization)];

    private static IEnumerable<Manifest> ReadFile(string file)
    {
        foreach (var yaml in File.ReadAllText(Path.Combine(Folder, file)).Split("\n---\n"))
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            yield return new Manifest(file, yaml, (JsonObject)Convert(Assert.Single(stream.Documents).RootNode)!);
        }
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(
            pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } truth => JsonValue.Create(truth.Value == "true"),
        YamlScalarNode { Style: ScalarStyle.Plain } plain when int.TryParse(
            plain.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException($"{node.NodeType} is not for manifests."),
    };
}
