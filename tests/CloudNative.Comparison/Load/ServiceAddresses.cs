namespace CloudNative.Comparison.Load;

/// <summary>
/// The section <c>Services</c>, in which all sides look: addresses for HTTP, and the endpoint <c>grpc</c> of the same instances.
/// </summary>
internal static class ServiceAddresses
{
    private const string Section = "Services";

    public static string Key(string service, Face face, int index) => $"{Section}:{service}:{Name(face)}:{index}";

    /// <summary>For who is set up by a list.</summary>
    public static IReadOnlyList<Uri> Of(IReadOnlyDictionary<string, string?> settings, Face face) =>
    [
        .. settings
            .Where(setting => setting.Key.StartsWith($"{Section}:", StringComparison.Ordinal)
                && setting.Key.Contains($":{Name(face)}:", StringComparison.Ordinal))
            .Select(setting => new Uri(setting.Value!)),
    ];

    private static string Name(Face face) => face == Face.Grpc ? "grpc" : "http";
}
