using System.Text.Json.Nodes;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>A message of the document.</summary>
/// <param name="Key">What it is called there.</param>
/// <param name="WireName">The name of its type on the wire; messages of another shape may share it.</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Payload">The schema of its data, with references into the document.</param>
internal sealed record DocumentMessage(string Key, string WireName, string Title, JsonObject Payload)
{
    public JsonObject Reference => DocumentReference.To("components", "messages", Key);

    public JsonObject ReferenceIn(string channel) => DocumentReference.To("channels", channel, "messages", Key);
}
