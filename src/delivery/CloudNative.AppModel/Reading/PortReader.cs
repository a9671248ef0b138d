using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>Reads <c>ports</c>: <c>http: auto</c>, <c>http: 8080</c> or <c>http: { port: 8080, fallback: true }</c>.</summary>
internal sealed class PortReader(Values values, ProblemList problems)
{
    private const string Allowed = "auto, a port from 1 to 65535, or { port: 8080, fallback: true }";

    public IReadOnlyList<PortDefinition>? Read(YamlNode node, string path)
    {
        if (values.Mapping(node, path, "ports by name, such as { http: auto }; {} for none") is not { } mapping)
        {
            return null;
        }

        values.UnknownKeys(mapping, path, ModelKeys.Ports);
        return [.. mapping.Entries
            .Where(entry => ModelKeys.Ports.Contains(entry.Key.Value))
            .Select(entry => ReadPort(entry, $"{path}.{entry.Key.Value}"))];
    }

    private PortDefinition ReadPort(YamlEntry entry, string path)
    {
        var name = entry.Key.Value;
        if (entry.Value is YamlScalar { Value: "auto" })
        {
            return new PortDefinition(name, null, Fallback: true);
        }

        return entry.Value is YamlMapping mapping
            ? ReadLong(mapping, name, path)
            : new PortDefinition(name, ReadNumber(entry.Value, path), Fallback: false);
    }

    private PortDefinition ReadLong(YamlMapping mapping, string name, string path)
    {
        values.UnknownKeys(mapping, path, ModelKeys.Port);
        const string Cure = "Add 'port: <number>', or write 'auto' instead.";
        var number = values.Required(mapping, path, "port", "a port from 1 to 65535", Cure) is { } node
            ? ReadNumber(node, $"{path}.port")
            : null;
        var fallback = mapping.Find("fallback") is { } entry && (values.Boolean(entry.Value, $"{path}.fallback") ?? false);
        return new PortDefinition(name, number, fallback);
    }

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
