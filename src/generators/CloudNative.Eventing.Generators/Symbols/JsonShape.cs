using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Symbols;

/// <summary>
/// Finds what System.Text.Json surely refuses in a type: silent where a converter, a setting or a type from elsewhere could make it work.
/// </summary>
internal static class JsonShape
{
    /// <summary>What is wrong, or <see langword="null"/>.</summary>
    public static string? Problem(INamedTypeSymbol type, Compilation compilation) =>
        Check(type, type.Name, isRead: true, compilation.Assembly, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    private static string? Check(ITypeSymbol type, string path, bool isRead, IAssemblySymbol assembly, HashSet<ITypeSymbol> seen)
    {
        // Types that contain themselves are fine: it is objects that may not.
        if (!seen.Add(type) || JsonMembers.HasConverter(type))
        {
            return null;
        }

        var reason = Unsupported(type) ?? (isRead ? Unmakeable(type, assembly) : null);
        if (reason is not null)
        {
            return JsonMembers.MayBeConverted(type, assembly) ? null : $"{path} {reason}";
        }

        return type switch
        {
            IArrayTypeSymbol array => Check(array.ElementType, path, isRead, assembly, seen),
            INamedTypeSymbol named when !IsOurs(named, assembly) =>
                named.TypeArguments.Select(argument => Check(argument, path, isRead, assembly, seen))
                    .FirstOrDefault(problem => problem is not null),
            INamedTypeSymbol named when !IsCollection(named) => JsonMembers.Of(named)
                .Where(member => !JsonMembers.HasConverter(member.Symbol))
                .Select(member => Check(member.Type, $"{path}.{member.Symbol.Name}", isRead && member.IsRead, assembly, seen))
                .FirstOrDefault(problem => problem is not null),
            _ => null,
        };
    }

    private static string? Unsupported(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Delegate } => "is a delegate",
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "is a pointer",
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => "is an address in memory",
        { IsRefLikeType: true } => "is a ref struct",
        IArrayTypeSymbol { Rank: > 1 } => "is an array of more than one dimension",
        _ when TypesOf.DerivesFrom(type, "Stream", "System.IO") => "is a stream",
        _ when TypesOf.Is(type, "Type", "System") => "is a System.Type",
        _ => null,
    };

    /// <summary>Why it could be written but never read back.</summary>
    private static string? Unmakeable(ITypeSymbol type, IAssemblySymbol assembly)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class } named || !IsOurs(named, assembly) || IsCollection(named))
        {
            return null;
        }

        if (named.IsAbstract)
        {
            return JsonMembers.IsPolymorphic(named) ? null : "is abstract and names no [JsonDerivedType]";
        }

        var constructors = named.InstanceConstructors;
        var open = constructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public).ToList();
        return open.Count == 1
            || open.Any(constructor => constructor.Parameters.IsEmpty)
            || constructors.Any(constructor => JsonMembers.Has(constructor, "JsonConstructorAttribute"))
                ? null
                : "has no public constructor that reading could use: one, one without parameters, or one with [JsonConstructor]";
    }

    /// <summary>Types from elsewhere are their maker's business.</summary>
    private static bool IsOurs(ITypeSymbol type, IAssemblySymbol assembly) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly);

    private static bool IsCollection(ITypeSymbol type) =>
        type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable);
}
