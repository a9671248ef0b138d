using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>
/// What ports may be called. A name becomes that of an endpoint, so <c>https</c> and <c>default</c>, which mean the unnamed one there,
/// are none.
/// </summary>
internal static class PortNames
{
    private const string Grpc = "grpc";

    private static readonly string[] Reserved = ["https", "default"];

    /// <summary>The names that say by themselves what is spoken.</summary>
    public static IReadOnlyList<string> Known { get; } = [PortDefinition.Http, Grpc];

    public static bool IsAllowed(string name) => !Reserved.Contains(name);

    public static PortProtocol? ProtocolOf(string name) => name switch
    {
        PortDefinition.Http => PortProtocol.Http1,
        Grpc => PortProtocol.Http2,
        _ => null,
    };

    public static string Text(PortProtocol protocol) => protocol == PortProtocol.Http1 ? "http1" : "http2";

    public static void Check(YamlMapping ports, string path, ProblemList problems)
    {
        foreach (var name in ports.Entries.Select(entry => entry.Key))
        {
            if (IsAllowed(name.Value))
            {
                Names.Check(name, "port", problems);
            }
            else
            {
                var cure = name.Value == "https" ? "Write 'http': certificates are a matter of where the app runs." : "Write 'http'.";
                problems.Add(ProblemIds.BadName, name.At, $"The port is named {name.Kind}.", "http, grpc, or a name of your own", cure);
            }
        }

        // Readiness is asked over HTTP/1.1, and "http://catalog" needs an address to mean.
        var names = ports.Entries.Select(entry => entry.Key.Value).ToList();
        if (names.Count > 0 && !names.Contains(PortDefinition.Http) && names.TrueForAll(IsAllowed))
        {
            problems.Add(ProblemIds.Missing, ports.At, $"'{path}.http' is missing.", "http first, then others; {} for none",
                "Add 'http: auto': readiness is asked there.");
        }
    }
}
