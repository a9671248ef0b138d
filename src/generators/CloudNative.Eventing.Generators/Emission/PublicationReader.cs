using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Eventing.Generators.Emission;

/// <summary>Finds what a compilation publishes.</summary>
internal static class PublicationReader
{
    private const string Attribute = "CloudNative.Eventing.PublishesEventAttribute";
    private const string Assembly = "CloudNative.Eventing";
    private const string Topic = "Topic";

    /// <summary>Whether a call may publish, by its name alone: what is cheap enough for every keystroke.</summary>
    public static bool IsName(string name) =>
        name is "PublishAsync" or "PublishBatchAsync" or "EnqueueAsync" or "Enqueue" or "Prepare";

    /// <summary>
    /// What a call publishes; <see langword="null"/> where that is not to be seen, or cannot be named.
    /// </summary>
    public static Publication? Read(
        InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (EventSymbols.TryCreate(model.Compilation) is not { } symbols
            || model.Compilation.GetTypeByMetadataName(Attribute) is null
            || model.GetOperation(call, cancellationToken) is not IInvocationOperation operation
            || EventUse.Read(operation, symbols) is not { IsHandled: false } use
            || symbols.EventAttributeOf(use.Type) is null
            || !symbols.CanBeNamed(use.Type)
            || !TryReadTopic(operation, symbols, out var topic))
        {
            return null;
        }

        return new Publication(CSharp.Name(use.Type), topic);
    }

    /// <summary>What the assemblies that an application is made of say that they publish.</summary>
    public static IEnumerable<Publication> OfReferences(Compilation compilation)
    {
        if (EventSymbols.TryCreate(compilation) is not { } symbols
            || compilation.GetTypeByMetadataName(Attribute) is not { } attribute)
        {
            yield break;
        }

        var notes = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.Modules.Any(module =>
                module.ReferencedAssemblies.Any(reference => reference.Name == Assembly)))
            .SelectMany(assembly => assembly.GetAttributes())
            .Where(note => EventSymbols.Same(note.AttributeClass, attribute));
        foreach (var note in notes)
        {
            if (note.ConstructorArguments.FirstOrDefault().Value is INamedTypeSymbol type && symbols.CanBeNamed(type))
            {
                var topic = note.NamedArguments.FirstOrDefault(argument => argument.Key == Topic).Value.Value as string;
                yield return new Publication(CSharp.Name(type), Literal(topic));
            }
        }
    }

    /// <summary>
    /// Gives up where the topic is chosen at run time. Options that are made elsewhere count as without one.
    /// </summary>
    private static bool TryReadTopic(IInvocationOperation call, EventSymbols symbols, out string? topic)
    {
        topic = null;
        var options = call.Arguments
            .Select(argument => argument.Value)
            .FirstOrDefault(value => EventSymbols.Same(value.Type, symbols.PublishOptions));
        if (Unwrap(options) is not IObjectCreationOperation { Initializer: { } initializer })
        {
            return true;
        }

        var assigned = initializer.Initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(assignment => assignment.Target is IPropertyReferenceOperation { Property.Name: Topic });
        if (assigned is null || assigned.Value.ConstantValue is { HasValue: true, Value: null })
        {
            return true;
        }

        topic = Literal(assigned.Value.ConstantValue.Value as string);
        return topic is not null;
    }

    private static IOperation? Unwrap(IOperation? value)
    {
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value;
    }

    private static string? Literal(string? text) =>
        text is null ? null : SymbolDisplay.FormatLiteral(text, quote: true);
}
