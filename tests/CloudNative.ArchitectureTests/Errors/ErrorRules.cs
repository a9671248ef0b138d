using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudNative.ArchitectureTests.Errors;

/// <summary>Error ids: one constant each, in its package's range, with a page.</summary>
internal static partial class ErrorRules
{
    private static readonly SyntaxKind[] TextTokens =
    [
        SyntaxKind.StringLiteralToken, SyntaxKind.InterpolatedStringTextToken,
        SyntaxKind.SingleLineRawStringLiteralToken, SyntaxKind.MultiLineRawStringLiteralToken,
    ];

    /// <summary>The first digits of the ids of each package.</summary>
    public static IReadOnlyDictionary<string, string> Ranges { get; } = new Dictionary<string, string>
    {
        ["CloudNative.Abstractions"] = "CN10",
        ["CloudNative.Hosting"] = "CN10",
        ["CloudNative.Sdk"] = "CN10",
        ["CloudNative.Discovery"] = "CN20",
        ["CloudNative.Http"] = "CN30",
        ["CloudNative.Grpc"] = "CN31",
        ["CloudNative.Grpc.AspNetCore"] = "CN31",
        ["CloudNative.Embedded"] = "CN40",
        ["CloudNative.Consul"] = "CN41",
        ["CloudNative.PostgreSql"] = "CN42",
        ["CloudNative.RabbitMq"] = "CN43",
        ["CloudNative.Kubernetes"] = "CN44",
        ["CloudNative.EntityFrameworkCore"] = "CN46",
        ["CloudNative.Health"] = "CN50",
        ["CloudNative.Telemetry"] = "CN60",
        ["CloudNative.Gateway"] = "CN70",
        ["CloudNative.AppModel"] = "CN80",
        ["CloudNative.Local"] = "CN80",
        ["CloudNative.Eventing"] = "CN90",
        ["CloudNative.Eventing.Generators"] = "CN91",
        ["CloudNative.Http.Analyzers"] = "CN92",
    };

    /// <summary>Every id that stands in the text of a string, with its place.</summary>
    public static IEnumerable<ErrorId> Find(string package, SourceFile source) =>
        from token in source.Root.DescendantTokens()
        where TextTokens.Contains(token.Kind())
        from Match id in Id().Matches(token.ValueText)
        select new ErrorId(id.Value, package, source.Path, token.GetLocation().GetLineSpan().StartLinePosition.Line + 1);

    public static IEnumerable<string> CheckCode(IReadOnlyCollection<ErrorId> ids)
    {
        foreach (var twice in ids.GroupBy(id => id.Id).Where(group => group.Count() > 1))
        {
            var places = string.Join(" and in ", twice.Select(id => $"{id.Path}({id.Line})"));
            yield return $"{twice.Key}: in {places}; one constant, one meaning";
        }

        // An id of a package without a range is out of range, too.
        foreach (var id in ids.Where(id => !Ranges.TryGetValue(id.Package, out var range) || !id.Id.Begins(range)))
        {
            yield return $"{id.Path}: {id.Id} is not in the range of {id.Package}";
        }
    }

    public static IEnumerable<string> CheckPages(IReadOnlyCollection<string> ids, IReadOnlyDictionary<string, string> pages)
    {
        foreach (var id in ids.Where(id => !pages.ContainsKey(id)))
        {
            yield return $"{id} has no page docs/errors/{id}.md";
        }

        foreach (var (id, text) in pages)
        {
            if (!ids.Contains(id))
            {
                yield return $"docs/errors/{id}.md: no code gives this error";
            }

            if (!Heading(id).IsMatch(text) || text.TrimEnd().Split('\n').Length < 5)
            {
                yield return $"docs/errors/{id}.md: begin with '# {id}: what it means', then say why it comes and how to cure it";
            }
        }
    }

    /// <summary>The page that lists them all.</summary>
    public static string Index(IReadOnlyDictionary<string, string> pages)
    {
        var rows = pages.OrderBy(page => page.Key, StringComparer.Ordinal)
            .Select(page => $"| [{page.Key}]({page.Key}.md) | {Heading(page.Key).Match(page.Value).Groups[1].Value} |\n");
        return $"""
            # Errors

            Every error that the packages give has a stable id. A host that refuses to start lists all of them at once, each with the
            configuration key, the value seen, what is allowed, and the cure. Ranges: 10 hosting, configuration and lifecycle ·
            20 discovery · 30 clients · 40 embedded provider · 41 Consul · 42 PostgreSQL · 43 RabbitMQ · 44 Kubernetes ·
            46 Entity Framework · 50 health · 60 telemetry · 70 gateway · 80 app model and local engine ·
            90 events · 91 events, found while compiling ·
            92 clients, found while compiling.

            | id | meaning |
            |---|---|
            {string.Concat(rows)}
            """;
    }

    [GeneratedRegex(@"\bCN[0-9]{4}\b")]
    private static partial Regex Id();

    private static Regex Heading(string id) => new($@"\A# {id}:? ?[—–-]? ?(.+)$", RegexOptions.Multiline);
}
