using System.Text.Json.Nodes;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>One object of <c>samples/Shop/deploy</c>, as YAML and as what it says.</summary>
internal sealed record Manifest(string File, string Yaml, JsonObject Content)
{
    public string Kind => Text(Content["kind"]);

    public string ApiVersion => Text(Content["apiVersion"]);

    public string Name => Text(Content["metadata"]!["name"]);

    public JsonNode Spec => Content["spec"]!;

    /// <summary>The pods of a Deployment.</summary>
    public JsonNode PodSpec => Spec["template"]!["spec"]!;

    public JsonNode Container => Assert.Single(PodSpec["containers"]!.AsArray())!;

    public override string ToString() => $"{File}: {Kind} {Name}";

    public static string Text(JsonNode? node) => node?.GetValue<string>() ?? throw new InvalidOperationException("Nothing is said there.");
}
