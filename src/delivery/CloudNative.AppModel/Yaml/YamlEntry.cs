namespace CloudNative.AppModel.Yaml;

internal sealed record YamlEntry(YamlScalar Key, YamlNode Value);
