using System.Text.Json.Nodes;
using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>
/// What travels beside the data of each event: the attributes of CloudEvents 1.0 that this SDK writes.
/// </summary>
internal static class CloudEventSchema
{
    /// <summary>What it is called; no name on the wire is like it, they end with a version.</summary>
    public const string Key = "CloudEvent";

    public static JsonObject Create() => new()
    {
        ["description"] = "The attributes of CloudEvents 1.0. Where a transport carries them as headers, its binding "
            + "says how they are called there: by AMQP \"cloudEvents_id\" or \"cloudEvents:id\", by HTTP \"ce-id\".",
        ["type"] = "object",
        ["required"] = new JsonArray(
            CloudEventAttributes.SpecVersion,
            CloudEventAttributes.Id,
            CloudEventAttributes.Source,
            CloudEventAttributes.Type),
        ["properties"] = new JsonObject
        {
            [CloudEventAttributes.SpecVersion] = new JsonObject { ["const"] = CloudEventAttributes.SupportedVersion },
            [CloudEventAttributes.Id] = Text("Unique together with the source: both again is the same event again."),
            [CloudEventAttributes.Source] = Text("The service that published the event.", "uri-reference"),
            [CloudEventAttributes.Type] = Text("What happened, with the version of the data's shape."),
            [CloudEventAttributes.Time] = Text("When it was published.", "date-time"),
            [CloudEventAttributes.Subject] = Text("What it happened to."),
            [CloudEventAttributes.PartitionKey] = Text("Events of one key are in order."),
            [CloudEventAttributes.TraceParent] = Text("The trace of the publisher (W3C Trace Context)."),
            [CloudEventAttributes.TraceState] = Text("What tracing systems add to it."),
        },
    };

    /// <summary>The headers of one type of event.</summary>
    public static JsonObject Of(string wireName) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { [CloudEventAttributes.Type] = new JsonObject { ["const"] = wireName } },
        ["allOf"] = new JsonArray(DocumentReference.To("components", "schemas", Key)),
    };

    private static JsonObject Text(string description, string? format = null)
    {
        var text = new JsonObject { ["description"] = description, ["type"] = "string" };
        if (format is not null)
        {
            text["format"] = format;
        }

        return text;
    }
}
