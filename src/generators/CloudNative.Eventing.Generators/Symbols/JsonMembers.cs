using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Symbols;

/// <summary>What System.Text.Json sees of a type by default.</summary>
internal static class JsonMembers
{
    private const string Serialization = "System.Text.Json.Serialization";

    /// <summary>Properties that are written, and fields that ask for it, of the type and its bases.</summary>
    public static IEnumerable<JsonMember> Of(INamedTypeSymbol type)
    {
        var arguments = type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Select(parameter => parameter.Name);
        var read = new HashSet<string>(arguments, StringComparer.OrdinalIgnoreCase);
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers().Where(member => !member.IsStatic && !Has(member, "JsonIgnoreAttribute")))
            {
                var isIncluded = Has(member, "JsonIncludeAttribute");
                if (member is IPropertySymbol { IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public } property)
                {
                    var isSet = property.SetMethod?.DeclaredAccessibility == Accessibility.Public;
                    yield return new JsonMember(property, property.Type, isIncluded || isSet || read.Contains(property.Name));
                }
                else if (member is IFieldSymbol field && isIncluded)
                {
                    yield return new JsonMember(field, field.Type, IsRead: true);
                }
            }
        }
    }

    /// <summary>Whether a type or member brings its own converter.</summary>
    public static bool HasConverter(ISymbol symbol) =>
        symbol.GetAttributes().Any(attribute =>
            TypesOf.DerivesFrom(attribute.AttributeClass, "JsonConverterAttribute", Serialization));

    public static bool IsPolymorphic(ITypeSymbol type) => Has(type, "JsonDerivedTypeAttribute") || Has(type, "JsonPolymorphicAttribute");

    public static bool Has(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().Any(data => TypesOf.Is(data.AttributeClass, attribute, Serialization));

    /// <summary>Whether a converter somewhere in the assembly may take care of a type.</summary>
    public static bool MayBeConverted(ITypeSymbol type, IAssemblySymbol assembly) =>
        TypesOf.Assembly(assembly).Any(candidate =>
            TypesOf.DerivesFrom(candidate, "JsonConverterFactory", Serialization)
            || (ConverterOf(candidate) is { } converted && SymbolEqualityComparer.Default.Equals(converted, type)));

    private static ITypeSymbol? ConverterOf(INamedTypeSymbol candidate)
    {
        for (var type = candidate.BaseType; type is not null; type = type.BaseType)
        {
            if (type.TypeArguments.Length == 1 && TypesOf.Is(type, "JsonConverter", Serialization))
            {
                return type.TypeArguments[0];
            }
        }

        return null;
    }
}
