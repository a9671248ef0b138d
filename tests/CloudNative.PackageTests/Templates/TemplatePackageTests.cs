using System.IO.Compression;
using System.Xml.Linq;

namespace CloudNative.PackageTests.Templates;

public sealed class TemplatePackageTests(PackageFeed feed)
{
    [Fact]
    public void Package_Always_IsOfTemplatesAndHoldsNoAssembly()
    {
        using var package = Open();
        using var nuspec = package.GetEntry("CloudNative.Templates.nuspec")!.Open();
        var names = XDocument.Load(nuspec).Descendants().ToLookup(element => element.Name.LocalName);
        Assert.Equal("Template", (string?)Assert.Single(names["packageType"]).Attribute("name"));
        Assert.Empty(names["dependency"]);
        Assert.Equal("README.md", Assert.Single(names["readme"]).Value);
        Assert.Equal("MIT", Assert.Single(names["license"]).Value);
        Assert.DoesNotContain(package.Entries, entry => entry.FullName.EndsWith(".dll", StringComparison.Ordinal));
        Assert.Equal(
            ["content/cloudnative-app/.gitignore", "content/cloudnative-service/.gitignore"],
            package.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith("/.gitignore", StringComparison.Ordinal)).Order());
    }

    /// <summary>A version that somebody has to keep by hand is wrong one day.</summary>
    [Fact]
    public async Task Package_VersionsOfOurs_AreTheOneThatWasPackedAndOthersThoseOfThisRepository()
    {
        using var package = Open();
        var own = XDocument.Load(Path.Combine(Consumers.Checkout.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(item => (string)item.Attribute("Include")!, item => (string)item.Attribute("Version")!);
        using (var instructions = new StreamReader(package.GetEntry("content/cloudnative-service/.template.config/template.json")!.Open()))
        {
            var text = await instructions.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Contains($"CloudNative.* {feed.Version}", text, StringComparison.Ordinal);
        }

        var files = package.Entries.Where(entry => entry.Name == "Directory.Packages.props").ToList();
        Assert.Equal(2, files.Count);
        foreach (var file in files)
        {
            await using var stream = await file.OpenAsync(TestContext.Current.CancellationToken);
            Assert.All(XDocument.Load(stream).Descendants("PackageVersion"), item =>
            {
                var name = (string)item.Attribute("Include")!;
                var expected = name.StartsWith("CloudNative.", StringComparison.Ordinal) ? feed.Version : own[name];
                Assert.Equal(expected, (string?)item.Attribute("Version"));
            });
        }
    }

    private ZipArchive Open() => ZipFile.OpenRead(Path.Combine(feed.Folder, $"CloudNative.Templates.{feed.Version}.nupkg"));
}
