namespace CloudNative.ArchitectureTests;

/// <summary>Comparisons of text by its characters; the rules of languages have no say here.</summary>
internal static class OrdinalText
{
    public static bool Begins(this string text, string with) => text.StartsWith(with, StringComparison.Ordinal);

    public static bool Ends(this string text, string with) => text.EndsWith(with, StringComparison.Ordinal);

    public static bool Has(this string text, string part) => text.Contains(part, StringComparison.Ordinal);
}
