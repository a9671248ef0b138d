namespace CloudNative.ArchitectureTests.Options;

public sealed class OptionsTests
{
    private static readonly List<(Package Package, Type Type, string Section)> All =
    [
        .. from package in Repository.Packages
           from type in OptionsTypes.Of(package.Assembly)
           select (package, type, OptionsTypes.SectionOf(type)),
    ];

    [Fact]
    public void Options_OfAllPackages_AreInTheReadme() => Breaches.None(All.SelectMany(item => OptionsRules.CheckReadme(
        item.Package.ReadIfExists("README.md") ?? "", item.Package.Id, item.Section, OptionsTypes.Keys(item.Type))));

    [Fact]
    public void Options_OfAllPackages_AreInTheSchema() => Breaches.None(All.SelectMany(item => OptionsRules.CheckSchema(
        item.Package.ReadIfExists("ConfigurationSchema.json") ?? "{}", item.Package.Id, item.Section, OptionsTypes.Keys(item.Type))));

    [Fact]
    public void CombinedSchema_OfAllPackages_IsUpToDate() => Generated.Compare(
        "docs/reference/appsettings.schema.json",
        CombinedSchema.Merge(Repository.Packages.Select(package => package.ReadIfExists("ConfigurationSchema.json")).OfType<string>()));

    [Fact]
    public void Merge_TwoSegments_KeepsBothBranches() => Assert.Contains(
        "\"a\": 1,\n    \"b\": 2",
        CombinedSchema.Merge(["""{"properties":{"a":1}}""", """{"properties":{"b":2}}"""]),
        StringComparison.Ordinal);

    [Fact]
    public void Options_OfAllPackages_AreSealedAndBelowOneRoot() => Breaches.None(All
        .Where(item => !item.Type.IsSealed || !item.Section.Begins("CloudNative:"))
        .Select(item => $"{item.Type}: not sealed, or its section is not below CloudNative"));

    [Fact]
    public void Keys_NestedClass_IsUnfolded() => Assert.Equal(["Limit", "Inner:Name"], OptionsTypes.Keys(typeof(PlantedOptions)));

    [Fact]
    public void CheckReadme_MissingRow_IsFound() => Breaches.One(
        "no row for `Limit`",
        OptionsRules.CheckReadme("| `Inner:Name` | x |", "P", "CloudNative:Planted", OptionsTypes.Keys(typeof(PlantedOptions))));

    [Theory]
    [InlineData("{}", "is missing")]
    [InlineData("""{"Limit":{"type":"integer"}}""", "has no description")]
    public void CheckSchema_Breach_IsFound(string properties, string expected)
    {
        var schema = """{"properties":{"CloudNative":{"properties":{"Planted":{"properties":""" + properties + "}}}}}";
        Breaches.One(expected, OptionsRules.CheckSchema(schema, "P", "CloudNative:Planted", ["Limit"]));
    }
}
