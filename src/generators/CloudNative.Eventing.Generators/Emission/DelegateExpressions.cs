using CloudNative.Eventing.Generators.Handlers;
using CloudNative.Eventing.Generators.Symbols;
using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Emission;

/// <summary>Expressions that call a delegate in the scope of a delivery.</summary>
internal static class DelegateExpressions
{
    private const string Provider = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions";
    private const string KeyedProvider = "global::Microsoft.Extensions.DependencyInjection.ServiceProviderKeyedServiceExtensions";

    /// <summary>
    /// Gives the delegate its type. One without a name is written as a lambda of the same shape: the compiler gives both the same type.
    /// </summary>
    public static string Cast(DelegateHandler handler)
    {
        if (handler.Type.CanBeReferencedByName)
        {
            return $"({CSharp.Name(handler.Type)})handler";
        }

        var parameters = handler.Invoke.Parameters.Select((parameter, index) =>
            $"{CSharp.Name(parameter.Type)} p{index}"
            + (parameter.HasExplicitDefaultValue ? $" = {CSharp.Default(parameter)}" : ""));
        return $"Cast(handler, {CSharp.Name(handler.Invoke.ReturnType)} ({string.Join(", ", parameters)}) => throw null!)";
    }

    public static string Argument(IParameterSymbol parameter, ParameterSource source, EventSymbols symbols) => source switch
    {
        ParameterSource.Event => "data",
        ParameterSource.Context => "context",
        ParameterSource.Envelope => "context.Event",
        ParameterSource.CancellationToken => "cancellationToken",
        ParameterSource.Services => "context.Services",
        ParameterSource.KeyedService => Keyed(parameter, KeyOf(parameter, symbols)),
        _ => parameter.HasExplicitDefaultValue
            ? $"Optional<{CSharp.Name(parameter.Type)}>(context.Services, {CSharp.Default(parameter)})"
            : $"{Provider}.GetRequiredService<{CSharp.Name(parameter.Type)}>(context.Services)",
    };

    private static string Keyed(IParameterSymbol parameter, string? key) => parameter.HasExplicitDefaultValue
        ? $"OptionalKeyed<{CSharp.Name(parameter.Type)}>(context.Services, {key ?? "null"}, {CSharp.Default(parameter)})"
        : $"{KeyedProvider}.GetRequiredKeyedService<{CSharp.Name(parameter.Type)}>(context.Services, {key ?? "null"})";

    private static string? KeyOf(IParameterSymbol parameter, EventSymbols symbols) =>
        parameter.GetAttributes()
            .First(attribute => EventSymbols.Same(attribute.AttributeClass, symbols.FromKeyedServices))
            .ConstructorArguments
            .Select(CSharp.Value)
            .FirstOrDefault();
}
