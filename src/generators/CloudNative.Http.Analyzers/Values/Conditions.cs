using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudNative.Http.Analyzers.Values;

/// <summary>Whether two calls of one method are surely made together.</summary>
internal static class Conditions
{
    /// <summary>Whether one of two may be made without the other, by a condition around one of them or between the two.</summary>
    public static bool MayDiffer(SyntaxNode left, SyntaxNode right)
    {
        var common = left.AncestorsAndSelf().First(node => node.Span.Contains(right.Span));
        return IsBelow(left, common) || IsBelow(right, common) || (IsBranch(common) && left != common && right != common);
    }

    private static bool IsBelow(SyntaxNode node, SyntaxNode common) => node.Ancestors().TakeWhile(outer => outer != common).Any(IsBranch);

    private static bool IsBranch(SyntaxNode node) => node is IfStatementSyntax or ElseClauseSyntax or SwitchStatementSyntax
        or SwitchSectionSyntax or SwitchExpressionSyntax or SwitchExpressionArmSyntax or ConditionalExpressionSyntax;
}
