namespace CloudNative.AppModel.Reading;

/// <summary>The keys of the file; docs/reference/cloudnative.schema.json lists the same, and a test compares them.</summary>
internal static class ModelKeys
{
    public static IReadOnlyList<string> App { get; } = ["app", "services"];

    public static IReadOnlyList<string> Service { get; } = ["project", "replicas", "ports", "needs", "environment"];

    public static IReadOnlyList<string> Port { get; } = ["port", "fallback", "protocol"];
}
