using CloudNative.Eventing.Generators.Handlers;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudNative.Eventing.Generators.Emission;

/// <summary>Makes of a call what the generated code needs to know of it.</summary>
internal static class InterceptionFactory
{
    public static Interception? Create(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellationToken)
    {
        if (EventSymbols.TryCreate(model.Compilation) is not { } symbols
            || HandlerReader.Read(model.GetOperation(call, cancellationToken), symbols) is not { IsGenerated: true } registration
            || model.GetInterceptableLocation(call, cancellationToken) is not { } location)
        {
            return null;
        }

        HandlerModel? handler = registration.Form == HandlerForm.Class
            ? new ClassModel(CSharp.Name(registration.EventType!), KeptMembers(registration.Call.TargetMethod))
            : CreateDelegate(registration.Delegate!, symbols);
        return handler is null
            ? null
            : new Interception(
                $"{location.Version}, \"{location.Data}\"", location.GetDisplayLocation(), Target(registration.Call.TargetMethod), handler);
    }

    private static TargetMethod Target(IMethodSymbol called)
    {
        var method = called.ReducedFrom ?? called;
        return new TargetMethod(
            CSharp.Name(method.ContainingType), method.Name, CSharp.Name(method.Parameters[0].Type), CSharp.Name(method.ReturnType));
    }

    private static DelegateModel? CreateDelegate(DelegateHandler handler, EventSymbols symbols)
    {
        if (HandlerShape.Read(handler, symbols) is not { Shape: { } shape, Problem: null })
        {
            return null;
        }

        var arguments = handler.Parameters.Select((parameter, index) =>
            DelegateExpressions.Argument(parameter, shape.Sources[index], symbols));
        var answer = handler.Invoke switch
        {
            { ReturnsVoid: true } => HandlerAnswer.Nothing,
            { ReturnType: var type } when HandlerShape.IsTask(type, symbols) => HandlerAnswer.Task,
            _ => HandlerAnswer.ValueTask,
        };
        return new DelegateModel(
            CSharp.Name(handler.Parameters[shape.EventIndex].Type), DelegateExpressions.Cast(handler), answer, new([.. arguments]));
    }

    /// <summary>What the typed method asks trimming to keep of a handler's class; its stand-in asks for the same.</summary>
    private static int KeptMembers(IMethodSymbol called) =>
        called.ContainingType.GetMembers(called.Name).OfType<IMethodSymbol>()
            .Where(method => HandlerMethods.FormOf(method) == HandlerForm.TypedClass)
            .SelectMany(method => method.TypeParameters[0].GetAttributes())
            .Where(attribute => attribute.AttributeClass?.Name == "DynamicallyAccessedMembersAttribute")
            .Select(attribute => attribute.ConstructorArguments[0].Value as int? ?? 0)
            .FirstOrDefault();
}
