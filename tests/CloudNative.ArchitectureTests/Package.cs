using System.Reflection;

namespace CloudNative.ArchitectureTests;

/// <summary>One package under <c>src/&lt;group&gt;/&lt;id&gt;</c>.</summary>
internal sealed record Package(ProjectFile Project)
{
    public string Id => Project.Name;

    public string Folder => Project.Folder;

    /// <summary>core, features, providers, sdk, delivery or testing.</summary>
    public string Group => Folder.Split('/')[1];

    /// <summary>The namespace of the package's root folder; see docs/decisions/0001.</summary>
    public string RootNamespace => Id == "CloudNative.Abstractions" ? "CloudNative" : Id;

    public Assembly Assembly => Assembly.Load(Id);

    public IEnumerable<string> Sources => Repository.Under(Folder, ".cs");

    public string? ReadIfExists(string name) =>
        Repository.Exists($"{Folder}/{name}") ? Repository.Read($"{Folder}/{name}") : null;

    public override string ToString() => Id;
}
