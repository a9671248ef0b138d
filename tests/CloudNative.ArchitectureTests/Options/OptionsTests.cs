namespace CloudNative.ArchitectureTests.Options;

public sealed class OptionsTests
{
    private static readonly List<(Package Package, Type Type)> All =
        [.. Repository.Packages.SelectMany(package => OptionsTypes.Of(package.Assembly).Select(type => (package, type)))];

    [Fact]
    public void Options_OfAllPackages_AreInTheReadme() => Breaches.None(All.SelectMany(item => OptionsRules.CheckReadme(
        item.Package.ReadIfExists("README.md") ?? "", item.Package.Id, OptionsTypes.SectionOf(item.Type)!, OptionsTypes.Keys(item.Type))));

    [Fact]
    public void Options_OfAllPackages_AreInTheSchema() => Breaches.None(All.SelectMany(item => OptionsRules.CheckSchema(
        item.Package.ReadIfExists("ConfigurationSchema.json") ?? "{}", item.Package.Id, OptionsTypes.SectionOf(item.Type)!, OptionsTypes.Keys(item.Type))));

    [Fact]
    public void Options_OfAllPackages_AreSealedAndBelowOneRoot() => Breaches.None(All
        .Where(item => !item.Type.IsSealed || !OptionsTypes.SectionOf(item.Type)!.StartsWith("CloudNative:", StringComparison.Ordinal))
        .Select(item => $"{item.Type}: not sealed, or its section is not below CloudNative"));

    [Fact]
    public void Keys_NestedClass_IsUnfolded() => Assert.Equal(["Limit", "Inner:Name"], OptionsTypes.Keys(typeof(PlantedOptions)));

    [Fact]
    public void CheckReadme_MissingRow_IsFound() => Breaches.One(
        "no row for `Limit`", OptionsRules.CheckReadme("| `Inner:Name` | x |", "P", "CloudNative:Planted", OptionsTypes.Keys(typeof(PlantedOptions))));

    [Theory]
    [InlineData("""{"properties":{"CloudNative":{"properties":{"Planted":{"properties":{}}}}}}""", "is missing")]
    [InlineData("""{"properties":{"CloudNative":{"properties":{"Planted":{"properties":{"Limit":{"type":"integer"}}}}}}}""", "has no description")]
    public void CheckSchema_Breach_IsFound(string schema, string expected) =>
        Breaches.One(expected, OptionsRules.CheckSchema(schema, "P", "CloudNative:Planted", ["Limit"]));
}
