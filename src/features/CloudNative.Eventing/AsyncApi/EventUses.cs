using System.Text.Json.Nodes;
using CloudNative.Configuration;
using CloudNative.Eventing.Configuration;
using CloudNative.Eventing.Handling;
using CloudNative.Eventing.Json;
using CloudNative.Eventing.Publishing;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>What the service handles and publishes, as far as it is known before it starts.</summary>
internal sealed class EventUses(
    HandlerCatalog handlers, SeenEvents seen, EventJson json, ServiceInfo service)
{
    private const string Document = "The AsyncAPI document";

    /// <summary>All that can be described.</summary>
    /// <exception cref="CloudNativeConfigurationException">There is something that cannot.</exception>
    public FoundEvents Find()
    {
        var problems = new ConfigurationProblems();
        var uses = seen.Find().ToList();
        foreach (var handler in handlers.Snapshot())
        {
            if (handler.Problem is { } problem)
            {
                problems.Add(problem);
                continue;
            }

            uses.Add(new EventUse(handler.Code!.EventType, handler.Topic, handler.Group ?? service.Name)
            {
                IsOrdered = handler.IsOrdered,
                IsBroadcast = handler.IsBroadcast,
            });
        }

        var schemas = new Dictionary<Type, JsonObject>();
        foreach (var type in uses.Select(use => use.Type).Distinct())
        {
            if (Describe(type, problems) is { } schema)
            {
                schemas.Add(type, schema);
            }
        }

        return problems.Items.Count == 0
            ? new FoundEvents([.. uses.Select(WithTopic).Distinct()], schemas)
            : throw new CloudNativeConfigurationException([.. problems.Items.Select(problem => problem.ToString())]);
    }

    private static EventUse WithTopic(EventUse use) =>
        use with { Topic = use.Topic ?? EventType.Find(use.Type)!.Topic };

    private JsonObject? Describe(Type type, ConfigurationProblems problems)
    {
        if (EventType.Check(type) is { } unnamed)
        {
            problems.Add(ErrorIds.NoEventType, Document, type.Name, "types of events with [Event]", unnamed + ".");
            return null;
        }

        string cure;
        try
        {
            if (json.FindWritten(type) is { } info)
            {
                return PayloadSchema.Create(info);
            }

            cure = JsonMessages.NoMetadata(type);
        }
        catch (Exception exception)
        {
            // Whatever is wrong about the type: publishing it would fail with the same.
            cure = exception.Message;
        }

        problems.Add(ErrorIds.NotSerializable, Document, type.Name, "types that can be written as JSON", cure);
        return null;
    }
}
