using System.Text.Json.Nodes;
using CloudNative.Eventing.Publishing;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>
/// The messages of the document: one for each name on the wire and shape. Types of one name often differ, because a
/// handler declares no more than it reads; then each shape is a message, the published one first.
/// </summary>
internal sealed class MessageCatalog
{
    private readonly Dictionary<Type, DocumentMessage> _byType = [];
    private readonly List<DocumentMessage> _all = [];

    /// <param name="types">The types, the published before those that are only handled; each with its schema.</param>
    public MessageCatalog(IEnumerable<(Type Type, JsonObject Schema)> types)
    {
        var keys = new DocumentKeys();
        var names = types.GroupBy(entry => EventType.Find(entry.Type)!.WireName, StringComparer.Ordinal);
        foreach (var same in names.OrderBy(same => same.Key, StringComparer.Ordinal))
        {
            foreach (var shape in same.GroupBy(entry => entry.Schema.ToJsonString(), StringComparer.Ordinal))
            {
                var (first, schema) = shape.First();
                var key = keys.Take(same.Key);
                PayloadSchema.Anchor(schema, DocumentReference.Pointer("components", "schemas", key));
                var message = new DocumentMessage(key, same.Key, first.Name, schema);
                _all.Add(message);
                foreach (var (type, _) in shape)
                {
                    _byType.Add(type, message);
                }
            }
        }
    }

    public IReadOnlyList<DocumentMessage> All => _all;

    public DocumentMessage this[Type type] => _byType[type];
}
