using System.Text.RegularExpressions;

namespace CloudNative.ArchitectureTests.Documents;

public sealed partial class DocumentTests
{
    private static readonly List<string> Pages = [.. Repository.Files.Where(file => file.Ends(".md"))];

    private static readonly string[] TextFiles =
    [
        ".cs", ".csproj", ".props", ".targets", ".md", ".json", ".yaml", ".yml",
        ".sh", ".txt", ".config", ".html", ".css", ".js", ".sln", ".http",
    ];

    [Fact]
    public void Links_InAllPages_LeadSomewhere() => Breaches.None(Pages.SelectMany(page =>
        LinkRules.Check(page, Repository.Read(page), Repository.Exists, Repository.Read)));

    [Fact]
    public void Snippets_InAllPages_AreCutFromCode()
    {
        string? Read(string path) => Repository.Exists(path) ? Repository.Read(path) : null;
        if (Generated.IsUpdate)
        {
            foreach (var page in Pages)
            {
                Generated.Compare(page, SnippetRules.Update(Repository.Read(page), Read));
            }
        }

        Breaches.None(Pages.SelectMany(page => SnippetRules.Check(page, Repository.Read(page), Read)));
    }

    [Fact]
    public void Snippets_InCode_AreUsed()
    {
        var used = Pages.SelectMany(page => SnippetRules.Uses(Repository.Read(page))).ToHashSet();
        var defined = Repository.Files
            .Where(file => (file.Begins("samples/") || file.Begins("tests/")) && (file.Ends(".cs") || file.Ends(".yaml")))
            .Where(file => !file.Begins("tests/CloudNative.ArchitectureTests/"))
            .SelectMany(file => SnippetRules.Defines(file, Repository.Read(file)));
        Breaches.None(defined.Where(snippet => !used.Contains(snippet)).Select(snippet => $"{snippet} is used by no page"));
    }

    /// <summary>What belongs to one machine has no place in a repository; keys even less.</summary>
    [Fact]
    public void Files_UnderVersionControl_NameNoMachine() => Breaches.None(
        from file in Repository.Files
        where TextFiles.Contains(Path.GetExtension(file)) || Path.GetFileName(file) is "run" or "Dockerfile"
        let found = Machine().Match(Repository.Read(file))
        where found.Success
        select $"{file}: '{found.Value}'");

    [Theory]
    [InlineData("see [x](gone.md)", "leads nowhere")]
    [InlineData("see [x](../outside.md)", "leads nowhere")]
    [InlineData("see [x](there.md#gone)", "no such heading")]
    [InlineData("see [x](#gone)", "no such heading")]
    public void CheckLinks_DeadLink_IsFound(string text, string expected) => Breaches.One(expected, CheckLinks(text));

    [Theory]
    [InlineData("see [x](there.md#the-heading-1)")]
    [InlineData("see [x](https://example.com/gone.md), `[x](gone.md)`")]
    [InlineData("```\n[x](gone.md)\n```")]
    public void CheckLinks_GoodLink_Passes(string text) => Breaches.None(CheckLinks(text));

    [Theory]
    [InlineData("a();", "")]
    [InlineData("b();", "differs")]
    public void CheckSnippets_Code_IsCompared(string code, string expected)
    {
        var found = SnippetRules.Check("p.md", $"<!-- snippet: s.cs#one -->\n```csharp\n{code}\n```\n", Sample).ToList();
        Assert.Equal(expected.Length > 0, found.Count == 1 && found[0].Has(expected));
    }

    [Fact]
    public void CheckSnippets_UnknownName_IsFound() =>
        Breaches.One("no snippet", SnippetRules.Check("p.md", "<!-- snippet: s.cs#two -->\n```csharp\na();\n```\n", Sample));

    [Fact]
    public void UpdateSnippets_StaleCode_IsCutAnew() => Assert.Equal(
        "<!-- snippet: s.cs#one -->\n```csharp\na();\n```\n",
        SnippetRules.Update("<!-- snippet: s.cs#one -->\n```csharp\nold\n```\n", Sample));

    [Theory]
    [InlineData("cd /wo" + "rk/main")]
    [InlineData("-----BEGIN RSA PRIVATE " + "KEY-----")]
    public void Machine_PlantedWord_IsFound(string text) => Assert.Matches(Machine(), text);

    private static IEnumerable<string> CheckLinks(string text) =>
        LinkRules.Check("docs/page.md", text, path => path is "docs/page.md" or "docs/there.md", _ => "# The heading (1)");

    private static string? Sample(string path) =>
        path == "s.cs" ? "class S\n{\n    // begin-snippet: one\n    a();\n    // end-snippet\n}\n" : null;

    [GeneratedRegex("/wo" + "rk/|/home/[a-z]+/|/ro" + "ot/|v3/index\\.json|BEGIN [A-Z ]*PRIVATE " + "KEY|AKIA[0-9A-Z]{16}")]
    private static partial Regex Machine();
}
