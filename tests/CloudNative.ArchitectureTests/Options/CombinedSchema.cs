using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CloudNative.ArchitectureTests.Options;

/// <summary>One JSON schema for appsettings, merged from the segments that the packages ship.</summary>
internal static class CombinedSchema
{
    private static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Merge(IEnumerable<string> segments)
    {
        var all = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["type"] = "object",
        };
        foreach (var segment in segments)
        {
            Merge(all, JsonNode.Parse(segment)!.AsObject());
        }

        return all.ToJsonString(Format) + "\n";
    }

    private static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (name, value) in from)
        {
            if (value is JsonObject branch && into[name] is JsonObject known)
            {
                Merge(known, branch);
            }
            else if (into[name] is null)
            {
                into[name] = value?.DeepClone();
            }
        }
    }
}
