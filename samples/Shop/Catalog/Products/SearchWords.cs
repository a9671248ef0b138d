namespace Shop.Catalog.Products;

/// <summary>Turns what a visitor types into a query of SQLite's full-text index.</summary>
internal static class SearchWords
{
    /// <summary>Every word must occur, each may go on: <c>cast ir</c> becomes <c>"cast"* "ir"*</c>.</summary>
    /// <param name="text">Anything; what the query language knows as operators is quoted away.</param>
    /// <returns>The query, or <see langword="null"/> when there is no word in the text.</returns>
    public static string? ToQuery(string? text)
    {
        var words = (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Any(char.IsLetterOrDigit))
            .Select(word => $"\"{word}\"*");
        var query = string.Join(' ', words);
        return query.Length == 0 ? null : query;
    }

    private static readonly char[] Separators = [' ', '\t', '\r', '\n', '"', '\0'];
}
