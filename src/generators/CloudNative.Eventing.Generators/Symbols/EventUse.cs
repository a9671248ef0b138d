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
        && (EventSymbols.Same(method.ContainingType, symbols.Publisher) || EventSymbols.Same(method.ContainingType, symbols.Outbox))
            ? method.TypeArguments[0]
            : null;
}
