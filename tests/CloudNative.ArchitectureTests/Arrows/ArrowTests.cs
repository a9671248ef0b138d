namespace CloudNative.ArchitectureTests.Arrows;

public sealed class ArrowTests
{
    [Fact]
    public void Packages_OfThisRepository_PointInOneDirection() => Breaches.None(ArrowRules.Check(Repository.Packages));

    [Fact]
    public void Assemblies_OfWorkerPackages_DoNotReferenceAspNetCore()
    {
        var found =
            from package in Repository.Packages
            where !ArrowRules.MayUseAspNetCore.Contains(package.Id)
            from reference in package.Assembly.GetReferencedAssemblies()
            where reference.Name!.Begins("Microsoft.AspNetCore")
            select $"{package.Id} → {reference.Name}";
        Breaches.None(found);
    }

    /// <summary>A framework reference also arrives through a package; the resolved graph of the build shows it.</summary>
    [Fact]
    public void RestoredGraphs_OfWorkerPackages_DoNotBringAspNetCore()
    {
        var found =
            from package in Repository.Packages
            where !ArrowRules.MayUseAspNetCore.Contains(package.Id)
            let assets = Path.Combine(Repository.Root, "artifacts", "obj", package.Id, "project.assets.json")
            where !File.Exists(assets) || File.ReadAllText(assets).Has("\"Microsoft.AspNetCore.App\"")
            select $"{package.Id}: {assets} is missing or names Microsoft.AspNetCore.App";
        Breaches.None(found);
    }

    [Theory]
    [InlineData("core/CloudNative.Abstractions", "features/CloudNative.Health", "core may not know of features")]
    [InlineData("features/CloudNative.Health", "features/CloudNative.Http", "features may not know of features")]
    [InlineData("features/CloudNative.Discovery", "features/CloudNative.Http", "features may not know of features")]
    [InlineData("providers/CloudNative.Consul", "features/CloudNative.Discovery", "providers may not know of features")]
    [InlineData("delivery/CloudNative.Local", "features/CloudNative.Health", "delivery may not know of features")]
    [InlineData("features/CloudNative.Health", "sdk/CloudNative.Hosting", "features may not know of sdk")]
    public void Check_WrongArrow_IsFound(string from, string to, string expected) =>
        Breaches.One(expected, ArrowRules.Check([Package(from, Reference(to)), Package(to)]));

    [Theory]
    [InlineData("features/CloudNative.Http", "features/CloudNative.Discovery")]
    [InlineData("sdk/CloudNative.Hosting", "providers/CloudNative.Embedded")]
    [InlineData("providers/CloudNative.Consul", "core/CloudNative.Abstractions")]
    public void Check_AllowedArrow_Passes(string from, string to) =>
        Breaches.None(ArrowRules.Check([Package(from, Reference(to)), Package(to)]));

    [Fact]
    public void Check_WebFrameworkInAFeature_IsFound() => Breaches.One(
        "only CloudNative.Sdk, CloudNative.Gateway, CloudNative.Grpc.AspNetCore, CloudNative.Testing.Kubernetes may",
        ArrowRules.Check([Package("features/CloudNative.Health", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""")]));

    [Fact]
    public void Check_ThirdPartyPackageInCore_IsFound() => Breaches.One(
        "core has no third-party dependency",
        ArrowRules.Check([Package("core/CloudNative.Abstractions", """<PackageReference Include="Polly" />""")]));

    private static string Reference(string path) =>
        $"""<ProjectReference Include="../../{path}/{path.Split('/')[1]}.csproj" />""";

    private static Package Package(string path, string item = "") =>
        new(ProjectFile.Parse($"src/{path}/{path.Split('/')[1]}.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>"));
}
