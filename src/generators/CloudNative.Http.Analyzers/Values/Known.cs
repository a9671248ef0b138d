using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Http.Analyzers.Values;

/// <summary>What code surely means, as far as one method and the read-only members of its file say it. Asked of suspects only.</summary>
internal static class Known
{
    /// <summary>The body, initialiser or program that an operation stands in.</summary>
    public static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    /// <summary>Without what the compiler puts around a value.</summary>
    public static IOperation? Unwrap(IOperation? value)
    {
        while (true)
        {
            switch (value)
            {
                case IConversionOperation conversion:
                    value = conversion.Operand;
                    break;
                case IParenthesizedOperation parentheses:
                    value = parentheses.Operand;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>The argument for a parameter.</summary>
    public static IOperation? Argument(IObjectCreationOperation creation, string parameter) => Of(creation.Arguments, parameter);

    /// <inheritdoc cref="Argument(IObjectCreationOperation, string)"/>
    public static IOperation? Argument(IInvocationOperation call, string parameter) => Of(call.Arguments, parameter);

    /// <summary>What an object initialiser gives a property.</summary>
    public static IOperation? Initialized(IObjectCreationOperation creation, string property) =>
        creation.Initializer?.Initializers
            .OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(set => set.Target is IPropertyReferenceOperation target && target.Property.Name == property)?.Value;

    /// <summary>
    /// The only value of a variable or a read-only member; <see langword="null"/> when it may have others.
    /// </summary>
    public static IOperation? ValueOf(IOperation reference) => Unwrap(reference switch
    {
        ILocalReferenceOperation local => ValueOf(local),
        IFieldReferenceOperation { Field.IsReadOnly: true } field => ValueOf(field.Field, reference),
        IPropertyReferenceOperation { Property: { SetMethod: null, IsVirtual: false } } property =>
            ValueOf(property.Property, reference),
        _ => null,
    });

    /// <summary>Whether the value of a variable's property is set outside of the initialiser.</summary>
    public static bool IsSetLater(ILocalSymbol local, IOperation near, Func<string, bool> property) =>
        RootOf(near).Descendants().OfType<IAssignmentOperation>().Any(assignment =>
            assignment.Target is IPropertyReferenceOperation target
            && property(target.Property.Name)
            && IsReference(target.Instance, local));

    public static bool IsReference(IOperation? value, ILocalSymbol local) =>
        Unwrap(value) is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);

    private static IOperation? Of(IEnumerable<IArgumentOperation> arguments, string parameter) => arguments
        .FirstOrDefault(argument => argument.Parameter?.Name == parameter && argument.ArgumentKind == ArgumentKind.Explicit)?.Value;

    private static IOperation? ValueOf(ILocalReferenceOperation reference)
    {
        IOperation? value = null;
        foreach (var operation in RootOf(reference).Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator
                    when SymbolEqualityComparer.Default.Equals(declarator.Symbol, reference.Local):
                    value = declarator.GetVariableInitializer()?.Value;
                    break;
                case IAssignmentOperation assignment when IsReference(assignment.Target, reference.Local):
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument
                    when IsReference(argument.Value, reference.Local):
                    return null;
                default:
                    break;
            }
        }

        return value;
    }

    private static IOperation? ValueOf(ISymbol member, IOperation near)
    {
        if (member.DeclaringSyntaxReferences is not { Length: 1 } declarations
            || near.SemanticModel is not { } model
            || declarations[0].SyntaxTree != model.SyntaxTree)
        {
            return null;
        }

        var syntax = declarations[0].GetSyntax();
        return InitializerOf(syntax) is { } value && !IsSetByConstructor(syntax, member.Name) ? model.GetOperation(value) : null;
    }

    private static ExpressionSyntax? InitializerOf(SyntaxNode member) => member switch
    {
        VariableDeclaratorSyntax field => field.Initializer?.Value,
        PropertyDeclarationSyntax property => property.Initializer?.Value,
        _ => null,
    };

    private static bool IsSetByConstructor(SyntaxNode member, string name) =>
        member.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && type.Members.OfType<ConstructorDeclarationSyntax>()
            .SelectMany(constructor => constructor.DescendantNodes())
            .OfType<AssignmentExpressionSyntax>()
            .Any(assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && assignment.Left switch
            {
                IdentifierNameSyntax left => left.Identifier.ValueText == name,
                MemberAccessExpressionSyntax { Name: var left } => left.Identifier.ValueText == name,
                _ => false,
            });
}
