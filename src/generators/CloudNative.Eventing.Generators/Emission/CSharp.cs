using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CloudNative.Eventing.Generators.Emission;

/// <summary>Names and values as C# that means the same in any file.</summary>
internal static class CSharp
{
    public static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>The default value of a parameter.</summary>
    public static string Default(IParameterSymbol parameter) =>
        parameter.HasExplicitDefaultValue ? Value(parameter.Type, parameter.ExplicitDefaultValue) : $"default({Name(parameter.Type)})";

    /// <summary>The argument of an attribute.</summary>
    public static string? Value(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Type => constant.Value is ITypeSymbol type ? $"typeof({Name(type)})" : null,
        TypedConstantKind.Primitive or TypedConstantKind.Enum when constant.Type is not null => Value(constant.Type, constant.Value),
        _ => null,
    };

    private static string Value(ITypeSymbol type, object? value)
    {
        if (value is null)
        {
            return $"default({Name(type)})";
        }

        // SymbolDisplay leaves suffixes out; a cast gives numbers, enums and nullable ones their type. A key must box as what it was.
        var target = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;
        return value switch
        {
            string or char or bool => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
            double number => $"({Name(target)})({Real(number, "R", "double")})",
            float number => $"({Name(target)})({Real(number, "R", "float")})",
            decimal number => $"{number.ToString(CultureInfo.InvariantCulture)}m",
            ulong number => $"({Name(target)})({number.ToString(CultureInfo.InvariantCulture)}UL)",
            _ => $"({Name(target)})({Convert.ToString(value, CultureInfo.InvariantCulture)})",
        };
    }

    private static string Real<T>(T number, string format, string type)
        where T : IFormattable => number.ToString(format, CultureInfo.InvariantCulture) switch
        {
            "NaN" => $"{type}.NaN",
            "Infinity" or "∞" => $"{type}.PositiveInfinity",
            "-Infinity" or "-∞" => $"{type}.NegativeInfinity",
            var text => type == "float" ? text + "f" : text + "d",
        };
}
