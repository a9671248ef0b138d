using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>The JSON schema of an event's data, as the serialiser that writes it understands the type.</summary>
internal static class PayloadSchema
{
    private const string Reference = "$ref";

    private static readonly JsonSchemaExporterOptions Exporting = new()
    {
        // Handlers refuse null as the whole of the data.
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = static (context, schema) => Describe(context, schema),
    };

    /// <summary>Makes the schema.</summary>
    /// <param name="info">How the type is written.</param>
    public static JsonObject Create(JsonTypeInfo info) =>
        // "true" is the schema of a type whose converter does not tell what it writes.
        info.GetJsonSchemaAsNode(Exporting) as JsonObject ?? [];

    /// <summary>
    /// Lets references of a schema to parts of itself, as in a type with cycles, point to where it stands in the
    /// document.
    /// </summary>
    public static void Anchor(JsonNode? schema, string pointer)
    {
        if (schema is JsonArray list)
        {
            foreach (var item in list)
            {
                Anchor(item, pointer);
            }
        }

        if (schema is not JsonObject map)
        {
            return;
        }

        if (map[Reference] is JsonValue reference && reference.GetValue<string>() is ['#', .. var rest])
        {
            map[Reference] = pointer + EscapeFragment(rest);
        }

        foreach (var (key, value) in map)
        {
            // Default values are data.
            if (key != "default")
            {
                Anchor(value, pointer);
            }
        }
    }

    /// <summary>RFC 3986, section 3.5: the exporter escapes what a pointer needs, not what a URI does.</summary>
    private static string EscapeFragment(string pointer) =>
        string.Join('/', pointer.Split('/').Select(Uri.EscapeDataString));

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (DescriptionOf(context) is not { } description)
        {
            return schema;
        }

        var described = schema as JsonObject ?? [];
        if (!described.ContainsKey(Reference))
        {
            described.Insert(0, "description", description);
        }

        return described;
    }

    private static string? DescriptionOf(JsonSchemaExporterContext context) => context.PropertyInfo is { } property
        ? TextOf(property.AttributeProvider) ?? TextOf(property.AssociatedParameter?.AttributeProvider)
        : TextOf(context.TypeInfo.Type);

    private static string? TextOf(ICustomAttributeProvider? described) =>
        described?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: true).FirstOrDefault()
            is DescriptionAttribute { Description: { Length: > 0 } text } ? text : null;
}
