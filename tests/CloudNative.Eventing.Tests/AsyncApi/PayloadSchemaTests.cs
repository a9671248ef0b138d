using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using static CloudNative.Eventing.Tests.AsyncApi.DocumentHost;

namespace CloudNative.Eventing.Tests.AsyncApi;

public sealed class PayloadSchemaTests
{
    [Fact]
    public async Task Payload_OfARecord_IsWhatTheSerialiserWrites()
    {
        await using var host = Build(published: [(typeof(Shapes.ParcelSent), null)]);

        var schema = host.Document().At("components", "schemas", "parcels.sent.v1");

        Assert.True(
            JsonNode.DeepEquals(schema, JsonNode.Parse(
                """
                {
                  "description": "A parcel has left the house.",
                  "type": "object",
                  "properties": {
                    "number": { "description": "Its number.", "type": "integer" },
                    "carrier": { "enum": ["Post", "Pigeon"] },
                    "note": { "type": ["string", "null"] },
                    "weight": { "description": "What it weighs, in kg.", "type": "number", "default": 1 }
                  },
                  "required": ["number", "carrier", "note"]
                }
                """)),
            schema!.ToJsonString());
    }

    [Fact]
    public async Task Payload_TypeWithCycles_PointsIntoTheDocument()
    {
        await using var host = Build(map: host => host.MapEvent<Shapes.TreeGrown>("trees", Nothing));

        var document = host.Document();

        var references = References(document).ToList();
        Assert.Contains("#/components/schemas/trees.grown.v1", references);
        Assert.Contains(references, reference => reference.Contains("a~1b~0c%20%25d", StringComparison.Ordinal));
        Assert.All(references, reference => Assert.NotNull(Resolve(document, reference)));
        Assert.Equal(["channels 1"], await AsyncApiParser.ParseAsync(host.Text()));
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => member is { Key: "$ref", Value: JsonValue value }
            ? [value.GetValue<string>()]
            : References(member.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Resolve(JsonNode document, string reference) => reference[2..].Split('/')
        .Select(part => Uri.UnescapeDataString(part)
            .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
        .Aggregate((JsonNode?)document, (inner, key) => inner.At(key));
}
