namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>Reads a query.</summary>
internal static class QueryText
{
    public static Dictionary<string, string> Parse(string query)
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            values[Uri.UnescapeDataString(parts[0])] = parts.Length > 1
                ? Uri.UnescapeDataString(parts[1].Replace('+', ' '))
                : string.Empty;
        }

        return values;
    }
}
