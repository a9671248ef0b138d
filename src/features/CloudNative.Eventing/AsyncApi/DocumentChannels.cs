using System.Text.Json.Nodes;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>
/// The channels of the document, one a topic, and its operations: one for each group that handles it, one for
/// publishing.
/// </summary>
internal sealed class DocumentChannels
{
    private readonly MessageCatalog _messages;
    private readonly DocumentKeys _operationKeys = new();

    public DocumentChannels(IReadOnlyList<EventUse> uses, MessageCatalog messages)
    {
        _messages = messages;
        var keys = new DocumentKeys();
        var topics = uses.GroupBy(use => use.Topic!, StringComparer.Ordinal);
        foreach (var topic in topics.OrderBy(topic => topic.Key, StringComparer.Ordinal))
        {
            var key = keys.Take(topic.Key);
            Channels[key] = new JsonObject { ["address"] = topic.Key, ["messages"] = MessagesOf(topic) };
            AddOperations(key, topic);
        }
    }

    public JsonObject Channels { get; } = [];

    public JsonObject Operations { get; } = [];

    private JsonObject MessagesOf(IEnumerable<EventUse> uses) =>
        new(Distinct(uses).Select(message => KeyValuePair.Create<string, JsonNode?>(message.Key, message.Reference)));

    private IOrderedEnumerable<DocumentMessage> Distinct(IEnumerable<EventUse> uses) =>
        uses.Select(use => _messages[use.Type]).Distinct().OrderBy(message => message.Key, StringComparer.Ordinal);

    private void AddOperations(string channel, IGrouping<string, EventUse> uses)
    {
        // Nobody's group first: what is published.
        var groups = uses.GroupBy(use => use.Group, StringComparer.Ordinal);
        foreach (var same in groups.OrderBy(same => same.Key, StringComparer.Ordinal))
        {
            var operation = new JsonObject
            {
                ["action"] = same.Key is null ? "send" : "receive",
                ["channel"] = DocumentReference.To("channels", channel),
                ["messages"] = new JsonArray([.. Distinct(same).Select(message => message.ReferenceIn(channel))]),
            };
            if (same.Key is { } group)
            {
                AddGroup(operation, group, [.. same]);
            }

            var name = same.Key is null ? $"send_{uses.Key}" : $"receive_{uses.Key}_{same.Key}";
            Operations[_operationKeys.Take(name)] = operation;
        }
    }

    /// <summary>
    /// What others need to know of a group. Concurrency and retries differ between environments and concern nobody
    /// else.
    /// </summary>
    private static void AddGroup(JsonObject operation, string group, IReadOnlyList<EventUse> uses)
    {
        operation["x-cloudnative-group"] = group;
        if (uses.Any(use => use.IsOrdered))
        {
            operation["x-cloudnative-ordering"] = "key";
        }

        if (uses.Any(use => use.IsBroadcast))
        {
            operation["x-cloudnative-broadcast"] = true;
        }
    }
}
