using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudNative.ArchitectureTests.Tidy;

/// <summary>How long things may be, and what has no place in a file.</summary>
internal static partial class TidyRules
{
    public const int LongestFile = 400;
    public const int LongestMethod = 70;
    public const int LongestLine = 140;
    public const int LineToAimAt = 120;

    public static IEnumerable<string> CheckSize(SourceFile source)
    {
        if (source.Lines.Length > LongestFile && !Exceptions.Excuses(Rules.FileLength, source.Path))
        {
            yield return $"{source.Path}: {source.Lines.Length} lines; at most {LongestFile}";
        }

        for (var line = 0; line < source.Lines.Length; line++)
        {
            if (source.Lines[line].Length > LongestLine)
            {
                yield return $"{source.Path}({line + 1}): {source.Lines[line].Length} characters; at most {LongestLine}";
            }
        }

        foreach (var (name, length, line) in Methods(source))
        {
            if (length > LongestMethod && !Exceptions.Excuses(Rules.MethodLength, $"{source.Path}:{name}"))
            {
                yield return $"{source.Path}({line}): {name} has {length} lines; at most {LongestMethod}";
            }
        }
    }

    public static IEnumerable<string> CheckContent(SourceFile source)
    {
        foreach (var trivia in source.Root.DescendantTrivia(descendIntoTrivia: true))
        {
            var line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            if (trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
            {
                yield return $"{source.Path}({line}): #region; make it a type or a partial file";
            }
            else if (trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia) && !HasReason(source, line))
            {
                yield return $"{source.Path}({line}): a suppression without a reason beside it";
            }
            else if (IsComment(trivia) && Unfinished().IsMatch(trivia.ToString()))
            {
                yield return $"{source.Path}({line}): unfinished work without a reason ('TODO: why, and what it waits for')";
            }
        }
    }

    public static IEnumerable<string> CheckTypes(SourceFile source)
    {
        var types = source.TopLevelTypes.Select(SourceFile.NameOf).Distinct().ToList();
        if (types.Count > 1 && !Exceptions.Excuses(Rules.OneTypeAFile, source.Path))
        {
            yield return $"{source.Path}: {types.Count} types ({string.Join(", ", types)})";
        }
        else if (types.Count == 1 && types[0] != source.Name)
        {
            yield return $"{source.Path}: holds {types[0]}";
        }
    }

    /// <summary>Methods, constructors and accessors with a body of their own: name, lines from signature to end, first line.</summary>
    public static IEnumerable<(string Name, int Length, int Line)> Methods(SourceFile source) =>
        from node in source.Root.DescendantNodes()
        let name = node switch
        {
            MethodDeclarationSyntax method => method.Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            LocalFunctionStatementSyntax local => local.Identifier.Text,
            AccessorDeclarationSyntax { Body: not null } accessor => accessor.Keyword.Text,
            _ => null,
        }
        where name is not null
        let span = node.GetLocation().GetLineSpan()
        select (name, span.EndLinePosition.Line - span.StartLinePosition.Line + 1, span.StartLinePosition.Line + 1);

    private static bool HasReason(SourceFile source, int line) =>
        source.Lines[line - 1].Has("restore")
        || source.Lines[line - 1].Has("//")
        || (line >= 2 && source.Lines[line - 2].TrimStart().Begins("//"));

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
        || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia);

    /// <summary>The usual words, unless a colon and some words of reason follow.</summary>
    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b(?!: (\S+ ){3,})")]
    private static partial Regex Unfinished();
}
