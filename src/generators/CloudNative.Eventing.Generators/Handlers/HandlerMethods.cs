using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Handlers;

/// <summary>Recognises the methods that register handlers.</summary>
internal static class HandlerMethods
{
    private const string Assembly = "CloudNative.Eventing";

    /// <summary>Whether a call may be one, by its name alone: what is cheap enough for every keystroke.</summary>
    public static bool IsName(string name) => name is "MapEvent" or "Handle";

    /// <summary>Which form a method takes, or <see langword="null"/> when it registers no handler.</summary>
    public static HandlerForm? FormOf(IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!IsName(definition.Name)
            || definition.ContainingType?.Name is not ("CloudNativeEventHostExtensions" or "CloudNativeEventsBuilderExtensions")
            || definition.ContainingAssembly?.Name != Assembly)
        {
            return null;
        }

        return (definition.TypeParameters.Length, definition.Parameters.Length) switch
        {
            (0, 3) => HandlerForm.Delegate,
            (1, 2) => HandlerForm.Class,
            (1, 3) => HandlerForm.Callback,
            (2, 2) => HandlerForm.TypedClass,
            _ => null,
        };
    }

    /// <summary>Whether a method names the group of a handler.</summary>
    public static bool IsGroup(IMethodSymbol method) => method.Name == "WithGroup" && IsBuilder(method.ContainingType);

    /// <summary>Whether a type says more about a handler.</summary>
    public static bool IsBuilder(ITypeSymbol? type) =>
        type is { Name: "IEventHandlerBuilder", ContainingAssembly.Name: Assembly };
}
