namespace CloudNative.AppModel.Yaml;

internal sealed record YamlSequence(Position At, IReadOnlyList<YamlNode> Items) : YamlNode(At)
{
    public override string Kind => "a list";
}
