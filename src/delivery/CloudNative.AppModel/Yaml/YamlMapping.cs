namespace CloudNative.AppModel.Yaml;

/// <summary>Keys with their values, in the order of the file; keys are unique.</summary>
internal sealed record YamlMapping(Position At, IReadOnlyList<YamlEntry> Entries) : YamlNode(At)
{
    public override string Kind => "a group of keys";

    public YamlEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Value == key);
}
