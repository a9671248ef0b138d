using System.Xml.Linq;

namespace CloudNative.ArchitectureTests;

/// <summary>What a project file says, as far as the rules care.</summary>
internal sealed record ProjectFile(
    string Path,
    IReadOnlyList<string> ProjectReferences,
    IReadOnlyList<string> PackageReferences,
    IReadOnlyList<string> FrameworkReferences,
    IReadOnlyDictionary<string, string> Properties,
    int Lines)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => Path[..Path.LastIndexOf('/')];

    public static ProjectFile Parse(string path, string text)
    {
        var xml = XDocument.Parse(text);
        string[] Includes(string element) =>
            [.. xml.Descendants(element).Select(item => (string?)item.Attribute("Include")).OfType<string>()];

        return new ProjectFile(
            path,
            [.. Includes("ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/')))],
            Includes("PackageReference"),
            Includes("FrameworkReference"),
            xml.Descendants("PropertyGroup").Elements()
                .GroupBy(element => element.Name.LocalName)
                .ToDictionary(group => group.Key, group => group.Last().Value),
            text.TrimEnd('\n').Split('\n').Length);
    }
}
