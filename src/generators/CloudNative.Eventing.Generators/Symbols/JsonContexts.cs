using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Symbols;

/// <summary>The types that the JSON contexts of a compilation know.</summary>
internal sealed class JsonContexts
{
    private readonly HashSet<ITypeSymbol> _known = new(SymbolEqualityComparer.Default);

    private JsonContexts(IEnumerable<ITypeSymbol> roots)
    {
        var waiting = new Stack<ITypeSymbol>(roots);
        while (waiting.Count > 0)
        {
            var type = waiting.Pop();
            if (_known.Add(type))
            {
                foreach (var reached in ReachedFrom(type))
                {
                    waiting.Push(reached);
                }
            }
        }
    }

    /// <summary>Those of the project itself.</summary>
    public static JsonContexts OfSource(Compilation compilation) => new(RootsOf(compilation.Assembly));

    /// <summary>Those of what it references, except the framework's: contracts often lie in an assembly of their own.</summary>
    public static JsonContexts OfReferences(Compilation compilation) => new(
        compilation.SourceModule.ReferencedAssemblySymbols
            .Where(assembly => assembly.Name is { } name
                && !name.StartsWith("System.", StringComparison.Ordinal)
                && !name.StartsWith("Microsoft.", StringComparison.Ordinal)
                && assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == "System.Text.Json")))
            .SelectMany(RootsOf));

    /// <summary>Whether one of them knows a type, by itself or as a part of another.</summary>
    public bool Know(ITypeSymbol type) => _known.Contains(type);

    private static IEnumerable<ITypeSymbol> RootsOf(IAssemblySymbol assembly) =>
        from type in TypesOf.Assembly(assembly)
        where TypesOf.DerivesFrom(type, "JsonSerializerContext", "System.Text.Json.Serialization")
        from attribute in type.GetAttributes()
        where attribute.AttributeClass?.Name == "JsonSerializableAttribute"
        from argument in attribute.ConstructorArguments
        where argument.Value is ITypeSymbol
        select (ITypeSymbol)argument.Value!;

    private static IEnumerable<ITypeSymbol> ReachedFrom(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return [array.ElementType];
        }

        if (type is not INamedTypeSymbol named || named.SpecialType != SpecialType.None)
        {
            return [];
        }

        var derived = named.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.Name == "JsonDerivedTypeAttribute")
            .Select(attribute => attribute.ConstructorArguments.FirstOrDefault().Value)
            .OfType<ITypeSymbol>();
        return [.. named.TypeArguments, .. derived, .. JsonMembers.Of(named).Select(member => member.Type)];
    }
}
