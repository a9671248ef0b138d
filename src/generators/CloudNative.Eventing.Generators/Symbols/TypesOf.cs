using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Symbols;

/// <summary>All types of an assembly.</summary>
internal static class TypesOf
{
    public static IEnumerable<INamedTypeSymbol> Assembly(IAssemblySymbol assembly) => Namespace(assembly.GlobalNamespace);

    public static bool DerivesFrom(ITypeSymbol? type, string name, string space)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (Is(type, name, space))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a type has a name in a namespace, whatever its type arguments.</summary>
    public static bool Is(ITypeSymbol? type, string name, string space) =>
        type?.Name == name && type.ContainingNamespace?.ToDisplayString() == space;

    private static IEnumerable<INamedTypeSymbol> Namespace(INamespaceSymbol space) =>
        space.GetMembers().SelectMany(member => member switch
        {
            INamespaceSymbol inner => Namespace(inner),
            INamedTypeSymbol type => WithNested(type),
            _ => [],
        });

    private static IEnumerable<INamedTypeSymbol> WithNested(INamedTypeSymbol type) =>
        type.GetTypeMembers().SelectMany(WithNested).Prepend(type);
}
