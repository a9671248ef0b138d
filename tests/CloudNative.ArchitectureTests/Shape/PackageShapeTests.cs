using System.Reflection;
using System.Xml.Linq;

namespace CloudNative.ArchitectureTests.Shape;

public sealed class PackageShapeTests
{
    private const string Description = "<Description>A package that exists in this test only.</Description>";

    private static readonly Package Planted = new(ProjectFile.Parse(
        "src/features/CloudNative.Planted/CloudNative.Planted.csproj",
        $"<Project><PropertyGroup>{Description}</PropertyGroup></Project>"));

    [Fact]
    public void Projects_OfAllPackages_HaveTheShape() => Breaches.None(Repository.Packages.SelectMany(PackageShape.CheckProject));

    [Fact]
    public void Files_OfAllPackages_AreThere() => Breaches.None(Repository.Packages.SelectMany(package =>
        PackageShape.CheckFiles(package, package.ReadIfExists, Options.OptionsTypes.Of(package.Assembly).Any())));

    [Fact]
    public void Sources_OfAllPackages_SitWhereTheyBelong() => Breaches.None(
        from package in Repository.Packages
        from path in package.Sources
        from breach in PackageShape.CheckSource(package, SourceFile.Load(path))
        select breach);

    [Fact]
    public void Assemblies_OfProviders_SayTheirName() => Breaches.None(
        from package in Repository.Packages
        where package.Group == "providers" && package.Sources.Any(path => Repository.Read(path).Has(".AddProviderOffer("))
        where package.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().All(metadata => metadata.Key != "CloudNative.Provider")
        select $"{package.Id}: no [assembly: AssemblyMetadata(\"CloudNative.Provider\", …)]; `--provider` would not take its name");

    [Fact]
    public void ExtensionClasses_OfAllPackages_HaveUniqueNames()
    {
        var twice =
            from package in Repository.Packages
            from type in package.Assembly.GetExportedTypes()
            where type.Name.Ends("Extensions")
            group package.Id by type.Name into named
            where named.Count() > 1
            select $"{named.Key}: in {string.Join(" and ", named)}; a call by class name would be ambiguous";
        Breaches.None(twice);
    }

    [Fact]
    public void Assemblies_OfAllPackages_ShowInternalsToTheirTestsOnly()
    {
        var found =
            from package in Repository.Packages
            from friend in package.Assembly.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>()
            where friend.AssemblyName != $"{package.Id}.Tests"
            select $"{package.Id} shows its internals to {friend.AssemblyName}";
        Breaches.None(found);
    }

    [Fact]
    public void Solution_Always_HoldsEveryProject()
    {
        var solution = Repository.Read("CloudNative.Sdk.sln").Replace('\\', '/');
        Breaches.None(Repository.Files
            .Where(file => file.Ends(".csproj") && !file.Begins(Repository.Templates + "content/"))
            .Where(file => !solution.Has($"\"{file}\""))
            .Select(file => $"{file} is not in CloudNative.Sdk.sln"));
    }

    [Fact]
    public void PackageVersions_Always_AreExact()
    {
        var versions = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion");
        Breaches.None(versions
            .Where(item => !Version.TryParse(((string)item.Attribute("Version")!).Split('-')[0], out _))
            .Select(item => $"{item.Attribute("Include")!.Value}: {item.Attribute("Version")!.Value} is no exact version"));
    }

    [Fact]
    public void CheckProject_ForeignAssemblyName_IsFound() => Breaches.One("AssemblyName differs", PackageShape.CheckProject(
        With("<AssemblyName>Other</AssemblyName>")));

    [Fact]
    public void CheckProject_LongProject_IsFound() =>
        Breaches.One("27 lines", PackageShape.CheckProject(With(new string('\n', 26))));

    [Fact]
    public void CheckFiles_NothingThere_FindsAllFour() =>
        Assert.Equal(4, PackageShape.CheckFiles(Planted, _ => null, hasOptions: true).Count());

    [Theory]
    [InlineData("Thing.cs", "namespace CloudNative.Planted; internal class Thing;", "is not public")]
    [InlineData("Inner/Thing.cs", "namespace CloudNative.Planted.Inner; public class Thing;", "is public")]
    [InlineData("Inner/Thing.cs", "namespace CloudNative.Planted; internal class Thing;", "by its folder CloudNative.Planted.Inner")]
    [InlineData("ThingExtensions.cs", "namespace Microsoft.Extensions.Hosting; public class ThingExtensions;", "by its folder")]
    public void CheckSource_WrongPlace_IsFound(string path, string text, string expected) =>
        Breaches.One(expected, PackageShape.CheckSource(Planted, new SourceFile($"{Planted.Folder}/{path}", text)));

    [Theory]
    [InlineData("Thing.cs", "namespace CloudNative.Planted; public class Thing;")]
    [InlineData("Inner/Thing.cs", "namespace CloudNative.Planted.Inner; internal class Thing;")]
    [InlineData("CloudNativeThingExtensions.cs", "namespace Microsoft.Extensions.Hosting; public class CloudNativeThingExtensions;")]
    [InlineData("Usings.cs", "global using System.Text;")]
    public void CheckSource_RightPlace_Passes(string path, string text) =>
        Breaches.None(PackageShape.CheckSource(Planted, new SourceFile($"{Planted.Folder}/{path}", text)));

    private static Package With(string property) => new(ProjectFile.Parse(
        Planted.Project.Path, $"<Project><PropertyGroup>{property}{Description}</PropertyGroup></Project>"));
}
