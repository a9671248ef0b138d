using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>
/// Reads <c>ports</c>: <c>http: auto</c>, <c>grpc: 8081</c>, <c>http: { port: 8080, fallback: true }</c>, and others with their protocol:
/// <c>admin: { port: auto, protocol: http1 }</c>.
/// </summary>
internal sealed class PortReader(Values values, ProblemList problems)
{
    private const int MaximumPorts = 16;
    private const string Any = "auto";
    private const string Allowed = "auto, a port from 1 to 65535, or { port: 8080, fallback: true }";

    public IReadOnlyList<PortDefinition>? Read(YamlNode node, string path)
    {
        if (values.Mapping(node, path, "ports by name, such as { http: auto }; {} for none") is not { } mapping)
        {
            return null;
        }

        if (mapping.Entries.Count > MaximumPorts)
        {
            problems.Add(ProblemIds.TooMany, mapping.At, $"'{path}' has {mapping.Entries.Count} of them.",
                $"at most {MaximumPorts}", "Serve several things on one port.");
            return null;
        }

        PortNames.Check(mapping, path, problems);
        return [.. mapping.Entries
            .Where(entry => PortNames.IsAllowed(entry.Key.Value))
            .Select(entry => ReadPort(entry, $"{path}.{entry.Key.Value}"))
            .OrderBy(port => port.Name != PortDefinition.Http)];
    }

    private PortDefinition ReadPort(YamlEntry entry, string path)
    {
        var name = entry.Key.Value;
        if (entry.Value is YamlMapping mapping)
        {
            return ReadLong(mapping, name, path);
        }

        if (PortNames.ProtocolOf(name) is not { } protocol)
        {
            var cure = Nearest.Cure(name, PortNames.Known, $"Write '{name}: {{ port: auto, protocol: http1 }}'.");
            problems.Add(ProblemIds.Missing, entry.Key.At, $"'{path}' does not say what is spoken there.",
                "http and grpc as they are; any other name with its protocol", cure);
            protocol = PortProtocol.Http1;
        }

        var number = IsAny(entry.Value) ? null : ReadNumber(entry.Value, path);
        return new PortDefinition(name, protocol, number, Fallback: IsAny(entry.Value));
    }

    private PortDefinition ReadLong(YamlMapping mapping, string name, string path)
    {
        values.UnknownKeys(mapping, path, ModelKeys.Port);
        const string Cure = "Add 'port: <number>', or 'port: auto'.";
        var port = values.Required(mapping, path, "port", "auto, or a port from 1 to 65535", Cure);
        var any = port is not null && IsAny(port);
        var number = port is null || any ? null : ReadNumber(port, $"{path}.port");
        var fallback = mapping.Find("fallback") is { } entry && (values.Boolean(entry.Value, $"{path}.fallback") ?? false);
        return new PortDefinition(name, ReadProtocol(mapping, name, path), number, fallback || any);
    }

    private PortProtocol ReadProtocol(YamlMapping mapping, string name, string path)
    {
        const string Protocols = "http1 or http2";
        path = $"{path}.protocol";
        var known = PortNames.ProtocolOf(name);
        if (mapping.Find("protocol") is not { } entry)
        {
            if (known is null)
            {
                problems.Add(ProblemIds.Missing, mapping.At, $"'{path}' is missing.", Protocols,
                    Nearest.Cure(name, PortNames.Known, "Add 'protocol: http1', or 'protocol: http2' for gRPC."));
            }

            return known ?? PortProtocol.Http1;
        }

        PortProtocol? protocol = entry.Value switch
        {
            YamlScalar { Value: "http1" } => PortProtocol.Http1,
            YamlScalar { Value: "http2" } => PortProtocol.Http2,
            _ => null,
        };
        if (protocol is null || (known is not null && protocol != known))
        {
            var allowed = known is null ? Protocols : PortNames.Text(known.Value);
            problems.Add(ProblemIds.WrongType, entry.Value.At, $"'{path}' is {entry.Value.Kind}.", allowed,
                known is null ? $"Change the value of '{path}'." : $"Remove it, or give the port another name than '{name}'.");
        }

        return protocol ?? PortProtocol.Http1;
    }

    private static bool IsAny(YamlNode node) => node is YamlScalar { Value: Any };

    private int? ReadNumber(YamlNode node, string path)
    {
        var number = values.Integer(node, path, Allowed);
        if (number is < 1 or > 65535)
        {
            problems.Add(ProblemIds.PortRange, node.At, $"'{path}' is {number}.", Allowed,
                "Choose a port in this range, or 'auto'.");
        }

        return number;
    }
}
