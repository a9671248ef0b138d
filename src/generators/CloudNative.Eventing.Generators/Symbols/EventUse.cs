using CloudNative.Eventing.Generators.Handlers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Eventing.Generators.Symbols;

/// <summary>A call that publishes or handles events of a type.</summary>
internal sealed record EventUse(ITypeSymbol Type, bool IsHandled)
{
    public static EventUse? Read(IOperation operation, EventSymbols symbols)
    {
        if (operation is not IInvocationOperation call)
        {
            return null;
        }

        var use = HandlerReader.Read(call, symbols) is { EventType: { } handled } ? new EventUse(handled, IsHandled: true)
            : PublishedBy(call.TargetMethod, symbols) is { } published ? new EventUse(published, IsHandled: false)
            : null;
        return use is { Type: INamedTypeSymbol { TypeKind: not TypeKind.Error } } ? use : null;
    }

    private static ITypeSymbol? PublishedBy(IMethodSymbol method, EventSymbols symbols) =>
        method.TypeArguments.Length == 1
        && Extended(method) is var type
        && (EventSymbols.Same(type, symbols.Publisher) || EventSymbols.Same(type, symbols.Outbox))
            ? method.TypeArguments[0]
            : null;

    // An extension of the outbox publishes as the outbox itself does.
    private static ITypeSymbol? Extended(IMethodSymbol method) =>
        (method.ReducedFrom ?? method) is { IsExtensionMethod: true } extension ? extension.Parameters[0].Type : method.ContainingType;
}
