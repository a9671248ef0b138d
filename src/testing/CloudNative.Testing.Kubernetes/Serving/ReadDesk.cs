using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>Gets and lists.</summary>
internal sealed class ReadDesk(ObjectStorage store)
{
    public JsonObject Get(StoredKind kind, ApiPath path) =>
        store.Find(kind.Plural, new ObjectKey(path.Namespace ?? string.Empty, path.Name!)) is { } found
            ? JsonText.Copy(found.Json)
            : throw ApiProblem.NotFound(kind, path.Name!);

    /// <summary>
    /// A list, or a page of one: all pages show the state of the first
    /// (https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks).
    /// </summary>
    public byte[] List(StoredKind kind, ApiPath path, ApiRequest request)
    {
        var limit = int.TryParse(request.Ask("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : 0;
        var selector = new Selector(request.Ask("labelSelector"), request.Ask("fieldSelector"));
        var (items, version) = Begin(kind, request.Ask("continue"), limit > 0);
        var chosen = items.Where(
            item => (path.Namespace is null || item.Key.Namespace == path.Namespace) && selector.Matches(item));
        var page = (limit > 0 ? chosen.Take(limit + 1) : chosen).ToList();
        var hasMore = limit > 0 && page.Count > limit;
        if (hasMore)
        {
            page.RemoveAt(limit);
        }

        return Write(kind, page, version, hasMore ? Token(version, page[^1].Key) : string.Empty);
    }

    private static string Token(long version, ObjectKey last) => Convert.ToBase64String(
        Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{version}\n{last.Namespace}\n{last.Name}")));

    private static byte[] Write(StoredKind kind, List<StoredObject> page, long version, string token)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", $"{kind.Kind}List");
            writer.WriteString("apiVersion", kind.ApiVersion);
            writer.WriteStartObject("metadata");
            writer.WriteString("resourceVersion", version.ToString(CultureInfo.InvariantCulture));
            if (token.Length > 0)
            {
                writer.WriteString("continue", token);
            }

            writer.WriteEndObject();
            writer.WriteStartArray("items");
            foreach (var item in page)
            {
                writer.WriteRawValue(item.Bytes, skipInputValidation: true);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return output.WrittenSpan.ToArray();
    }

    private (IEnumerable<StoredObject> Items, long Version) Begin(StoredKind kind, string? token, bool isPaged)
    {
        if (token is null)
        {
            var (objects, now) = store.Read(kind.Plural, isPaged);
            return (objects.Values, now);
        }

        string[] parts;
        try
        {
            parts = Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split('\n');
        }
        catch (FormatException)
        {
            throw ApiProblem.BadRequest("continue key is not valid");
        }

        var version = long.Parse(parts[0], CultureInfo.InvariantCulture);
        var last = new ObjectKey(parts[1], parts[2]);
        return store.ReadAt(kind.Plural, version) is { } then
            ? (then.Where(pair => pair.Key.CompareTo(last) > 0).Select(pair => pair.Value), version)
            : throw ApiProblem.Expired(
                "The provided continue parameter is too old to display a consistent list result. You can start a new "
                + "list without the continue parameter.");
    }
}
