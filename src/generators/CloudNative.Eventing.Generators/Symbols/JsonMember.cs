using Microsoft.CodeAnalysis;

namespace CloudNative.Eventing.Generators.Symbols;

/// <summary>A property or field that is written as JSON.</summary>
/// <param name="Symbol">The property or field.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsRead">Whether reading gives it a value, too.</param>
internal sealed record JsonMember(ISymbol Symbol, ITypeSymbol Type, bool IsRead);
