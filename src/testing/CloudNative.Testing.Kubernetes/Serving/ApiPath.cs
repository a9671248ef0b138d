namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>
/// A path of the API: <c>/api/v1/namespaces/shop/configmaps/settings</c>, <c>/apis/GROUP/VERSION/…</c>
/// (https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris).
/// </summary>
internal sealed record ApiPath(string Group, string Version, string? Namespace, string Plural, string? Name)
{
    public static ApiPath? Parse(string path)
    {
        var parts = path.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        return parts switch
        {
            ["api", var version, .. var rest] => Parse(string.Empty, version, rest),
            ["apis", var group, var version, .. var rest] => Parse(group, version, rest),
            _ => null,
        };
    }

    private static ApiPath? Parse(string group, string version, string[] rest) => rest switch
    {
        ["namespaces", var place, var plural] => new ApiPath(group, version, place, plural, null),
        ["namespaces", var place, var plural, var name] => new ApiPath(group, version, place, plural, name),
        [var plural] => new ApiPath(group, version, null, plural, null),
        [var plural, var name] => new ApiPath(group, version, null, plural, name),
        _ => null,
    };
}
