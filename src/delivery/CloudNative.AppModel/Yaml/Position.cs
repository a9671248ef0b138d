namespace CloudNative.AppModel.Yaml;

/// <summary>Where something stands in the file; both count from 1.</summary>
internal readonly record struct Position(int Line, int Column)
{
    public static Position Start { get; } = new(1, 1);
}
