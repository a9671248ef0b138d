using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudNative.Eventing.Generators.Handlers;

/// <summary>The name of what is called, from its syntax alone.</summary>
internal static class CalledName
{
    public static string Of(ExpressionSyntax called) => called switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };
}
