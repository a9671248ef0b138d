using CloudNative.Eventing.Generators.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Eventing.Generators.Analysis;

/// <summary>A handler whose topic and group are known.</summary>
internal sealed record GroupMember(ITypeSymbol EventType, string Topic, string? Group, ISymbol? Host, SyntaxNode Syntax)
{
    public Location Place => Syntax.GetLocation();

    public (string, string?, string) Key => (Topic, Group, EventType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));

    public static GroupMember? Read(HandlerRegistration registration)
    {
        if (registration.EventType is not INamedTypeSymbol type
            || registration.Argument("topic")?.Value.ConstantValue is not { HasValue: true, Value: string topic }
            || !TryReadGroup(registration.Call, out var group))
        {
            return null;
        }

        var receiver = registration.Call.Instance ?? registration.Call.Arguments.FirstOrDefault()?.Value;
        return new GroupMember(type, topic, group, RootOf(receiver), registration.Call.Syntax);
    }

    /// <summary>
    /// Whether both may end up in one host: surely the same object, or a program that has only one; never either this or that.
    /// </summary>
    public bool MeetsIn(GroupMember other, bool isOneHost) =>
        (isOneHost || (Host is not null && SymbolEqualityComparer.Default.Equals(Host, other.Host))) && !IsEitherOr(Syntax, other.Syntax);

    /// <summary>Reads what is said after the call; gives up where that is kept for later or not literal.</summary>
    private static bool TryReadGroup(IOperation call, out string? group)
    {
        group = null;
        var current = call;
        for (; current.Parent is IInvocationOperation next && next.Instance == current; current = next)
        {
            if (!HandlerMethods.IsBuilder(next.TargetMethod.ContainingType) || next.TargetMethod.Name == "Broadcast")
            {
                return false;
            }

            if (HandlerMethods.IsGroup(next.TargetMethod))
            {
                if (next.Arguments[0].Value.ConstantValue is not { HasValue: true, Value: string name })
                {
                    return false;
                }

                group = name;
            }
        }

        return current.Parent is IExpressionStatementOperation;
    }

    private static ISymbol? RootOf(IOperation? receiver) => receiver switch
    {
        IConversionOperation conversion => RootOf(conversion.Operand),
        IPropertyReferenceOperation { Instance: { } instance } => RootOf(instance),
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>Whether a condition lets one of the two be called, not both: other arms, or a way out after one of them.</summary>
    private static bool IsEitherOr(SyntaxNode left, SyntaxNode right)
    {
        bool Branches(SyntaxNode inner, SyntaxNode outer) => inner.Ancestors()
            .TakeWhile(node => !node.Span.Contains(outer.Span))
            .Any(node => node is IfStatementSyntax or ElseClauseSyntax or SwitchSectionSyntax or SwitchExpressionArmSyntax
                && node.DescendantNodes().Any(child =>
                    child.IsKind(SyntaxKind.ReturnStatement) || child.IsKind(SyntaxKind.ThrowStatement)));

        if (left.SyntaxTree != right.SyntaxTree)
        {
            return false;
        }

        var common = left.Ancestors().First(node => node.Span.Contains(right.Span));
        return common is IfStatementSyntax or SwitchStatementSyntax or SwitchExpressionSyntax or ConditionalExpressionSyntax
            || Branches(left, right)
            || Branches(right, left);
    }
}
