using System.Text.Json.Nodes;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>
/// The fields of an object as paths of their names. A list is one field, as lists of the kinds known here are atomic
/// (https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy).
/// </summary>
internal static class FieldPaths
{
    private const char Separator = '\u0001';

    // What says which object it is belongs to nobody.
    private static readonly string[] Identity =
    [
        "apiVersion", "kind",
        "metadata\u0001name", "metadata\u0001namespace", "metadata\u0001resourceVersion", "metadata\u0001uid",
    ];

    public static IEnumerable<string> Of(JsonObject json) =>
        Leaves(json, string.Empty).Where(path => !Identity.Contains(path));

    public static JsonNode? Get(JsonObject json, string path)
    {
        JsonNode? node = json;
        foreach (var name in path.Split(Separator))
        {
            node = node is JsonObject inner ? inner[name] : null;
        }

        return node;
    }

    public static void Remove(JsonObject json, string path)
    {
        var names = path.Split(Separator);
        JsonNode? node = json;
        foreach (var name in names[..^1])
        {
            node = node is JsonObject inner ? inner[name] : null;
        }

        (node as JsonObject)?.Remove(names[^1]);
    }

    /// <summary><c>.data.key</c>, as conflicts are told.</summary>
    public static string Show(string path) => "." + path.Replace(Separator, '.');

    private static IEnumerable<string> Leaves(JsonObject json, string prefix)
    {
        foreach (var (name, value) in json)
        {
            var path = prefix.Length == 0 ? name : prefix + Separator + name;
            if (value is JsonObject inner)
            {
                foreach (var leaf in Leaves(inner, path))
                {
                    yield return leaf;
                }
            }
            else
            {
                yield return path;
            }
        }
    }
}
