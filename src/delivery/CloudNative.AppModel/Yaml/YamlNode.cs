namespace CloudNative.AppModel.Yaml;

/// <summary>A node of the file with the place it stands at.</summary>
internal abstract record YamlNode(Position At)
{
    /// <summary>How a message names it.</summary>
    public abstract string Kind { get; }
}
