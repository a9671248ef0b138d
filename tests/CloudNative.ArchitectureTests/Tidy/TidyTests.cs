namespace CloudNative.ArchitectureTests.Tidy;

public sealed class TidyTests
{
    private static readonly List<SourceFile> Src = [.. Repository.Under("src", ".cs").Select(SourceFile.Load)];

    private static readonly List<SourceFile> All =
        [.. Src, .. Repository.Under("tests", ".cs").Concat(Repository.Under("samples", ".cs")).Select(SourceFile.Load)];

    [Fact]
    public void Files_OfTheRepository_KeepTheLimits() => Breaches.None(All.SelectMany(TidyRules.CheckSize));

    [Fact]
    public void Files_OfTheRepository_HoldNothingUnfinishedOrUnexplained() =>
        Breaches.None(All.SelectMany(TidyRules.CheckContent));

    [Fact]
    public void Files_OfPackages_HoldOneTypeNamedAsTheFile() => Breaches.None(Src.SelectMany(TidyRules.CheckTypes));

    [Fact]
    public void Files_OfPackages_AreShortAsARule()
    {
        var lengths = Src.Select(file => file.Lines.Length).Order().ToList();
        Assert.True(At(lengths, 0.5) <= 60, $"median {At(lengths, 0.5)} lines; at most 60");
        Assert.True(At(lengths, 0.9) <= 170, $"90th percentile {At(lengths, 0.9)} lines; at most 170");
    }

    [Fact]
    public void Methods_OfPackages_AreShortAsARule()
    {
        var lengths = Src.SelectMany(TidyRules.Methods).Select(method => method.Length).Order().ToList();
        Assert.True(At(lengths, 0.5) <= 10, $"median {At(lengths, 0.5)} lines; at most 10");
    }

    /// <summary>Some lines read better long; when they become a habit, this says so.</summary>
    [Fact]
    public void Lines_OfPackages_AreSeldomLong()
    {
        var lines = Src.SelectMany(file => file.Lines).ToList();
        var longOnes = Src.SelectMany(file => file.Lines.Select((line, at) => (file.Path, Line: at + 1, line.Length)))
            .Where(line => line.Length > TidyRules.LineToAimAt)
            .ToList();
        var worst = string.Join(Environment.NewLine, longOnes.OrderByDescending(line => line.Length).Take(20));
        Assert.True(longOnes.Count <= lines.Count * 0.03, $"{longOnes.Count} of {lines.Count} lines are over 120; at most 3 %:\n{worst}");
    }

    [Fact]
    public void Exceptions_Listed_AreNeededAndExplained() => Breaches.None(Exceptions.All
        .Where(exempt => exempt.Reason.Length < 20
            || (exempt.Rule == Rules.FileLength && SourceFile.Load(exempt.Subject).Lines.Length <= TidyRules.LongestFile))
        .Select(exempt => $"{exempt.Rule}: {exempt.Subject} has no reason, or keeps the rule"));

    [Fact]
    public void CheckSize_LongFile_IsFound() =>
        Breaches.One("401 lines", TidyRules.CheckSize(Source(new string('\n', 400) + "x")));

    [Fact]
    public void CheckSize_LongLine_IsFound() =>
        Breaches.One("(2): 141 characters", TidyRules.CheckSize(Source("\n" + new string('x', 141))));

    [Fact]
    public void CheckSize_LongMethod_IsFound() => Breaches.One(
        "M has 71 lines", TidyRules.CheckSize(Source($"class C {{ void M() {{ {new string('\n', 70)} }} }}")));

    [Theory]
    [InlineData("#region x\n#endregion", "#region")]
    [InlineData("// TODO", "unfinished")]
    [InlineData("// FIXME: later", "unfinished")]
    [InlineData("#pragma warning disable CA1000", "suppression")]
    public void CheckContent_Unwanted_IsFound(string text, string expected) =>
        Breaches.One(expected, TidyRules.CheckContent(Source(text)));

    [Theory]
    [InlineData("// TODO: waits for the store to tell its version, see decision 3")]
    [InlineData("#pragma warning disable CA1000 // the framework calls it by reflection\n#pragma warning restore CA1000")]
    [InlineData("var todo = \"TODO\";")]
    public void CheckContent_Explained_Passes(string text) => Breaches.None(TidyRules.CheckContent(Source(text)));

    [Theory]
    [InlineData("class File; class Other;", "2 types")]
    [InlineData("class Other;", "holds Other")]
    public void CheckTypes_NotOneNamedAsTheFile_IsFound(string text, string expected) =>
        Breaches.One(expected, TidyRules.CheckTypes(Source(text)));

    private static SourceFile Source(string text) => new("src/File.cs", text);

    private static int At(List<int> sorted, double share) => sorted[(int)(sorted.Count * share)];
}
