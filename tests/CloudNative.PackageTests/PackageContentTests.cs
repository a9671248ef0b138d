using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace CloudNative.PackageTests;

public sealed class PackageContentTests(PackageFeed feed)
{
    /// <summary>What the compiler of a user gets, by the package that carries it.</summary>
    private static readonly Dictionary<string, string> CompilerParts = new()
    {
        ["CloudNative.Eventing"] = "analyzers/dotnet/cs/CloudNative.Eventing.Generators.dll",
        ["CloudNative.Http"] = "analyzers/dotnet/cs/CloudNative.Http.Analyzers.dll",
    };

    /// <summary>Scripts that a user's migrations run.</summary>
    private static readonly Dictionary<string, string[]> Scripts = new()
    {
        ["CloudNative.PostgreSql"] =
            ["sql/events/0001.sql", "sql/events/0002.sql", "sql/inbox/0001.sql", "sql/leases/0001.sql", "sql/outbox/0001.sql"],
    };

    /// <summary>Only these may bring the web framework to whoever installs them.</summary>
    private static readonly string[] Web =
        ["CloudNative.Sdk", "CloudNative.Gateway", "CloudNative.Grpc.AspNetCore", "CloudNative.Testing.Kubernetes"];

    [Fact]
    public void Packages_AllOfThem_HoldWhatAUserNeedsAndNothingElse()
    {
        // Templates are no code: TemplatePackageTests.
        var packages = Directory.GetFiles(feed.Folder, "*.nupkg")
            .Where(path => !Path.GetFileName(path).StartsWith("CloudNative.Templates.", StringComparison.Ordinal))
            .ToList();
        Assert.Contains(packages, path => Path.GetFileName(path) == $"CloudNative.Sdk.{feed.Version}.nupkg");
        Assert.Multiple([.. packages.Select(path => (Action)(() => AssertContent(path)))]);
    }

    private void AssertContent(string path)
    {
        var id = Path.GetFileName(path).Replace($".{feed.Version}.nupkg", "", StringComparison.Ordinal);
        using var package = ZipFile.OpenRead(path);
        var files = package.Entries
            .Select(entry => entry.FullName)
            .Where(name => !IsContainer(name))
            .Order(StringComparer.Ordinal)
            .ToList();
        var native = $"runtimes/{PackageFeed.Runtime}/lib/net10.0/{id}.dll";
        string[] expected = ["README.md", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml", native];
        Assert.True(expected.All(files.Contains), $"{id} holds only {string.Join(", ", files)}");
        var stray = files.Except(expected).Where(name => !IsAllowed(id, name)).ToList();
        Assert.True(stray.Count == 0, $"{id} also holds {string.Join(", ", stray)}");
        Assert.True(File.Exists(Path.ChangeExtension(path, ".snupkg")), $"{id} has no symbols");
        Assert.True(
            !CompilerParts.TryGetValue(id, out var part) || files.Contains(part), $"{id} has no generator or analyzer: {part} is missing");
        Assert.True(!Scripts.TryGetValue(id, out var scripts) || scripts.All(files.Contains), $"{id} lacks scripts of its tables");
        Assert.True(HoldsNativeCode(package.GetEntry(native)!), $"{id}: {native} holds no native code");
        Assert.False(HoldsNativeCode(package.GetEntry($"lib/net10.0/{id}.dll")!), $"{id} is not portable");

        using var nuspec = package.GetEntry($"{id}.nuspec")!.Open();
        AssertNuspec(id, XDocument.Load(nuspec));
    }

    private void AssertNuspec(string id, XDocument nuspec)
    {
        IEnumerable<XElement> All(string name) => nuspec.Descendants().Where(element => element.Name.LocalName == name);
        Assert.Equal("MIT", All("license").Single().Value);
        Assert.Equal("README.md", All("readme").Single().Value);
        Assert.True(All("description").Single().Value.Length >= 30, $"{id} does not say what it is");
        Assert.Equal(
            Web.Contains(id) ? ["Microsoft.AspNetCore.App"] : [],
            All("frameworkReference").Select(element => (string?)element.Attribute("name")));

        foreach (var dependency in All("dependency"))
        {
            var (name, version) = ((string)dependency.Attribute("id")!, (string)dependency.Attribute("version")!);
            var hidden = (string?)dependency.Attribute("exclude") ?? "";
            Assert.False(
                name.StartsWith("CloudNative.", StringComparison.Ordinal) && hidden.Length > 0,
                $"{id} hides {hidden} of {name}: whoever installs {id} would not get its generator or analyzers");
            Assert.True(char.IsDigit(version[0]), $"{id} → {name} {version}: a range that holds users back, or floats");
            Assert.False(name.Contains("Analyzers", StringComparison.Ordinal), $"{id} → {name}: a tool of ours");
            Assert.True(
                name.StartsWith("CloudNative.", StringComparison.Ordinal)
                    ? version == feed.Version
                    : !version.Contains('-', StringComparison.Ordinal),
                $"{id} → {name} {version}");
        }
    }

    private static bool HoldsNativeCode(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        content.Position = 0;
        using var reader = new PEReader(content);
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    private static bool IsContainer(string name) =>
        name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal)
        || name == "[Content_Types].xml" || name.EndsWith(".nuspec", StringComparison.Ordinal);

    private static bool IsAllowed(string id, string name) =>
        name == "ConfigurationSchema.json" || name == $"build/{id}.props" || name == $"build/{id}.targets"
        || name == $"buildTransitive/{id}.props" || name == $"buildTransitive/{id}.targets"
        || name == "buildTransitive/ConfigurationSchema.targets"
        || (CompilerParts.TryGetValue(id, out var part) && name == part)
        || (Scripts.TryGetValue(id, out var scripts) && scripts.Contains(name))
        || (name.StartsWith("schema/", StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal));
}
