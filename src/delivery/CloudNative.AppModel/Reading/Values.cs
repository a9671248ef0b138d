using System.Globalization;
using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>Typed access to nodes; each method adds the problem and returns null when the node is something else.</summary>
internal sealed class Values(ProblemList problems)
{
    public YamlMapping? Mapping(YamlNode node, string path, string allowed) =>
        node as YamlMapping ?? Wrong<YamlMapping>(node, path, allowed);

    public YamlSequence? Sequence(YamlNode node, string path, string allowed) =>
        node as YamlSequence ?? Wrong<YamlSequence>(node, path, allowed);

    public YamlScalar? Text(YamlNode node, string path, string allowed) =>
        node is YamlScalar { IsNull: false } scalar ? scalar : Wrong<YamlScalar>(node, path, allowed);

    public int? Integer(YamlNode node, string path, string allowed) =>
        node is YamlScalar { IsPlain: true } scalar
        && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : Wrong(node, path, allowed);

    public bool? Boolean(YamlNode node, string path) =>
        node is YamlScalar { IsPlain: true, Value: "true" or "false" } scalar ? scalar.Value == "true" : WrongBoolean(node, path);

    public void UnknownKeys(YamlMapping mapping, string path, IReadOnlyList<string> known)
    {
        foreach (var key in mapping.Entries.Select(entry => entry.Key).Where(key => !known.Contains(key.Value)))
        {
            var place = path.Length == 0 ? "the file" : $"'{path}'";
            problems.Add(ProblemIds.UnknownKey, key.At, $"{key.Kind} is not a key of {place}.",
                string.Join(", ", known), Nearest.Cure(key.Value, known, "Remove it."));
        }
    }

    public YamlNode? Required(YamlMapping mapping, string path, string key, string allowed, string cure)
    {
        var entry = mapping.Find(key);
        if (entry is null)
        {
            var missing = path.Length == 0 ? key : $"{path}.{key}";
            problems.Add(ProblemIds.Missing, mapping.At, $"'{missing}' is missing.", allowed, cure);
        }

        return entry?.Value;
    }

    private bool? WrongBoolean(YamlNode node, string path)
    {
        Report(node, path, "true or false");
        return null;
    }

    private int? Wrong(YamlNode node, string path, string allowed)
    {
        Report(node, path, allowed);
        return null;
    }

    private T? Wrong<T>(YamlNode node, string path, string allowed)
        where T : YamlNode
    {
        Report(node, path, allowed);
        return null;
    }

    private void Report(YamlNode node, string path, string allowed)
    {
        var cure = node is YamlScalar { IsPlain: false } scalar && long.TryParse(scalar.Value, out _)
            ? "Write it without quotes."
            : $"Change the value of '{path}'.";
        problems.Add(ProblemIds.WrongType, node.At, $"'{path}' is {node.Kind}.", allowed, cure);
    }
}
