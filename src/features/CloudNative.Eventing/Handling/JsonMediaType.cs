namespace CloudNative.Eventing.Handling;

/// <summary>Tells JSON by its media type, as CloudEvents does: none, <c>*/json</c> or <c>*/*+json</c>.</summary>
internal static class JsonMediaType
{
    public static bool Matches(string? contentType)
    {
        if (contentType is null)
        {
            return true;
        }

        var type = contentType.AsSpan();
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        return type.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
