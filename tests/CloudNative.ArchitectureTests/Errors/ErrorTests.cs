namespace CloudNative.ArchitectureTests.Errors;

public sealed class ErrorTests
{
    private const string IndexPath = "docs/errors/README.md";

    private static readonly List<ErrorId> Ids =
    [
        .. from package in Repository.PackagesAndGenerators
           from path in package.Sources
           from id in ErrorRules.Find(package.Id, SourceFile.Load(path))
           select id,
    ];

    private static readonly Dictionary<string, string> Pages = Repository.Under("docs/errors", ".md")
        .Where(path => path != IndexPath)
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), Repository.Read);

    [Fact]
    public void Ids_InCode_AreOneConstantEach() => Breaches.None(ErrorRules.CheckCode(Ids));

    [Fact]
    public void Ids_InCode_HaveAPageAndNoPageIsLeftOver() =>
        Breaches.None(ErrorRules.CheckPages([.. Ids.Select(id => id.Id).Distinct()], Pages));

    [Fact]
    public void Index_OfErrors_ListsEveryPage() => Generated.Compare(IndexPath, ErrorRules.Index(Pages));

    [Theory]
    [InlineData("class C { void M() => Fail(\"CN2001\", $\"CN2001 {1}\"); }", "one constant")]
    [InlineData("class C { const string A = \"CN2001\"; const string B = \"CN2001\"; }", "one meaning")]
    [InlineData("class C { const string A = \"CN3001\"; }", "not in the range of CloudNative.Discovery")]
    public void CheckCode_Breach_IsFound(string text, string expected) =>
        Breaches.One(expected, ErrorRules.CheckCode([.. ErrorRules.Find("CloudNative.Discovery", new SourceFile("C.cs", text))]));

    [Fact]
    public void CheckPages_IdWithoutPage_IsFound() =>
        Breaches.One("no page", ErrorRules.CheckPages(["CN2001"], new Dictionary<string, string>()));

    [Fact]
    public void CheckPages_PageWithoutId_IsFound() => Breaches.One(
        "no code", ErrorRules.CheckPages([], new Dictionary<string, string> { ["CN2001"] = "# CN2001: x\n\na\n\nb\n\nc\n" }));

    [Fact]
    public void CheckPages_EmptyPage_IsFound() => Breaches.One(
        "begin with", ErrorRules.CheckPages(["CN2001"], new Dictionary<string, string> { ["CN2001"] = "# CN2001: x\n" }));
}
