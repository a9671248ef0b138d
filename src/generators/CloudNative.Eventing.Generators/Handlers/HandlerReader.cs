using CloudNative.Eventing.Generators.Analysis;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CloudNative.Eventing.Generators.Handlers;

/// <summary>Reads a call that registers a handler. The generator and the analyzers see the same.</summary>
internal static class HandlerReader
{
    public static HandlerRegistration? Read(IOperation? operation, EventSymbols symbols)
    {
        if (operation is not IInvocationOperation call || HandlerMethods.FormOf(call.TargetMethod) is not { } form)
        {
            return null;
        }

        var registration = new HandlerRegistration(call, form);
        var arguments = call.TargetMethod.TypeArguments;
        return form switch
        {
            HandlerForm.Callback => registration with { EventType = arguments[0], Delegate = ReadDelegate(registration) },
            HandlerForm.TypedClass => registration with { EventType = arguments[1], HandlerClass = arguments[0] },
            HandlerForm.Class => ReadClass(registration with { HandlerClass = arguments[0] }, symbols),
            _ => ReadShape(registration with { Delegate = ReadDelegate(registration) }, symbols),
        };
    }

    private static HandlerRegistration ReadClass(HandlerRegistration registration, EventSymbols symbols)
    {
        var handled = symbols.HandledBy(registration.HandlerClass!);
        if (handled.Count != 1)
        {
            var count = handled.Count == 0
                ? "no IEventHandler<T>"
                : $"{handled.Count} of them ({string.Join(", ", handled.Select(type => type.ToDisplayString()))})";
            return registration with
            {
                Problem = new HandlerProblem(Descriptors.NotOneEvent, registration.HandlerClass!.ToDisplayString(), count),
            };
        }

        return registration with { EventType = handled[0], Problem = NameProblem([handled[0]], symbols) };
    }

    private static HandlerRegistration ReadShape(HandlerRegistration registration, EventSymbols symbols)
    {
        if (registration.Delegate is not { } handler)
        {
            return registration with { Problem = new HandlerProblem(Descriptors.NotNameable, "what the delegate takes is not known here") };
        }

        var (shape, problem) = HandlerShape.Read(handler, symbols);
        ITypeSymbol[] types = [.. handler.Invoke.Parameters.Select(parameter => parameter.Type), handler.Invoke.ReturnType];
        return registration with
        {
            EventType = shape is null ? null : handler.Parameters[shape.EventIndex].Type,
            Problem = problem ?? NameProblem(types, symbols),
        };
    }

    private static HandlerProblem? NameProblem(IReadOnlyList<ITypeSymbol> types, EventSymbols symbols) =>
        types.FirstOrDefault(type => type.SpecialType != SpecialType.System_Void && !symbols.CanBeNamed(type)) is { } hidden
            ? new HandlerProblem(Descriptors.NotNameable, WhyHidden(hidden))
            : null;

    private static string WhyHidden(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => $"{type.ToDisplayString()} is a type parameter",
        { IsAnonymousType: true } => "an anonymous type has no name",
        INamedTypeSymbol { IsFileLocal: true } => $"{type.ToDisplayString()} is known in its file only",
        _ => $"{type.ToDisplayString()} cannot be named outside of where it is used; make it internal or public",
    };

    private static DelegateHandler? ReadDelegate(HandlerRegistration registration)
    {
        var value = registration.Argument("handler")?.Value;
        while (value is IConversionOperation conversion)
        {
            value = conversion.Operand;
        }

        return value switch
        {
            IDelegateCreationOperation { Type: INamedTypeSymbol type } creation =>
                new DelegateHandler(type, CodeOf(creation.Target) ?? type.DelegateInvokeMethod!),
            { Type: INamedTypeSymbol { TypeKind: TypeKind.Delegate, DelegateInvokeMethod: { } invoke } type } =>
                new DelegateHandler(type, invoke),
            _ => null,
        };
    }

    private static IMethodSymbol? CodeOf(IOperation target) => target switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        IMethodReferenceOperation method => method.Method,
        _ => null,
    };
}
