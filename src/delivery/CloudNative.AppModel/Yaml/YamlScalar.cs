namespace CloudNative.AppModel.Yaml;

/// <summary>A single value; <paramref name="IsPlain"/> when it was written without quotes, so that it may be a number.</summary>
internal sealed record YamlScalar(Position At, string Value, bool IsPlain) : YamlNode(At)
{
    public bool IsNull => IsPlain && Value is "" or "~" or "null" or "Null" or "NULL";

    public override string Kind => IsNull ? "nothing" : $"'{Shortened}'";

    private string Shortened => Value.Length <= 60 ? Value : Value[..57] + "...";
}
