namespace CloudNative.ArchitectureTests.Telemetry;

public sealed class TelemetryCatalogueTests
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["PlantedTelemetryNames.Duration"] = "cloudnative.planted.duration",
    };

    [Fact]
    public void Page_OfTelemetry_ListsWhatTheCodeEmits()
    {
        var sections = TelemetryCatalogue.Sections(Repository.Read(TelemetryCatalogue.Page));
        var found =
            from package in Repository.Packages
            let names = TelemetryCatalogue.Names(package)
            let section = sections.GetValueOrDefault(package.Id) ?? ""
            let instruments = package.Sources.SelectMany(path => TelemetryCatalogue.Created(SourceFile.Load(path), names))
            from breach in TelemetryCatalogue.CheckNames(package.Id, [.. names.Values], section)
                .Concat(TelemetryCatalogue.CheckInstruments(instruments, section))
            select breach;
        Breaches.None(found);
    }

    [Fact]
    public void Sections_OfThePage_BelongToPackages()
    {
        var ids = Repository.Packages.Select(package => package.Id).ToList();
        Breaches.None(TelemetryCatalogue.Sections(Repository.Read(TelemetryCatalogue.Page)).Keys.Except(ids));
    }

    [Fact]
    public void CheckNames_MissingOnThePage_IsFound() =>
        Breaches.One("is missing", TelemetryCatalogue.CheckNames("P", [.. Names.Values], ""));

    [Fact]
    public void CheckNames_NotInCode_IsFound() => Breaches.One(
        "is no constant", TelemetryCatalogue.CheckNames("P", [], "| `cloudnative.gone` | Counter | `{call}` | | |"));

    [Theory]
    [InlineData("Histogram", "ms", "says 'ms'")]
    [InlineData("Counter", "s", "says 'Counter'")]
    public void CheckInstruments_RowDiffers_IsFound(string kind, string unit, string expected) =>
        Breaches.One(expected, Check(kind, unit, "class C { void M() => m.CreateHistogram<int>(PlantedTelemetryNames.Duration, \"s\"); }"));

    [Theory]
    [InlineData("meter.CreateHistogram<double>(PlantedTelemetryNames.Duration, description: \"d\", unit: \"s\")")]
    [InlineData("meter.CreateHistogram<double>(PlantedTelemetryNames.Duration, \"s\", \"d\")")]
    public void CheckInstruments_RowAgrees_Passes(string call) =>
        Breaches.None(Check("Histogram", "`s`", $"class C {{ void M() => {call}; }}"));

    private static IEnumerable<string> Check(string kind, string unit, string code) => TelemetryCatalogue.CheckInstruments(
        TelemetryCatalogue.Created(new SourceFile("C.cs", code), Names),
        $"| `cloudnative.planted.duration` | {kind} | {unit} | | how long |");
}
