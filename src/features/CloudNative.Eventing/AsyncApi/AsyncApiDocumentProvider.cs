using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>
/// Puts the document together; what was found is in the order of its names, so that it can be kept and compared.
/// </summary>
internal sealed class AsyncApiDocumentProvider(
    EventUses uses, DocumentServers servers, ServiceInfo service, IOptions<AsyncApiOptions> options)
    : IAsyncApiDocumentProvider
{
    private const string Version = "3.0.0";

    public JsonObject GetDocument()
    {
        var found = uses.Find();
        var messages = new MessageCatalog(found.Uses
            .OrderBy(use => use.Group is not null)
            .ThenBy(use => use.Type.FullName, StringComparer.Ordinal)
            .Select(use => use.Type)
            .Distinct()
            .Select(type => (type, found.Schemas[type])));
        var document = new JsonObject { ["asyncapi"] = Version, ["info"] = Info() };
        if (servers.Find() is { } server)
        {
            document["servers"] = server;
        }

        var channels = new DocumentChannels(found.Uses, messages);
        document["channels"] = channels.Channels;
        document["operations"] = channels.Operations;
        document["components"] = Components(messages);
        return document;
    }

    private JsonObject Info()
    {
        var info = new JsonObject
        {
            ["title"] = options.Value.Title is { Length: > 0 } title ? title : service.Name,
            ["version"] = service.Version ?? "0.0.0",
        };
        if (options.Value.Description is { Length: > 0 } description)
        {
            info["description"] = description;
        }

        return info;
    }

    private static JsonObject Components(MessageCatalog messages)
    {
        var (all, schemas) = (new JsonObject(), new JsonObject());
        foreach (var message in messages.All)
        {
            all[message.Key] = new JsonObject
            {
                ["name"] = message.WireName,
                ["title"] = message.Title,
                ["contentType"] = "application/json",
                ["headers"] = CloudEventSchema.Of(message.WireName),
                ["payload"] = DocumentReference.To("components", "schemas", message.Key),
            };
            schemas[message.Key] = message.Payload;
        }

        if (all.Count > 0)
        {
            schemas[CloudEventSchema.Key] = CloudEventSchema.Create();
        }

        return new JsonObject { ["messages"] = all, ["schemas"] = schemas };
    }
}
