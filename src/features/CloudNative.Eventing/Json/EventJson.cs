using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Eventing.Json;

/// <summary>
/// How data is written and read: with the metadata of the contexts that were added, in their order; by reflection only
/// where the app allows it. Web defaults: camel case, names read without case, numbers also from strings.
/// </summary>
internal sealed class EventJson
{
    private readonly JsonSerializerOptions _options;
    private readonly Lazy<JsonSerializerOptions> _written;

    public EventJson(IEnumerable<JsonContext> contexts)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        foreach (var context in contexts)
        {
            options.TypeInfoResolverChain.Add(context.Resolver);
        }

        if (JsonSerializer.IsReflectionEnabledByDefault)
        {
            options.TypeInfoResolverChain.Add(JsonReflection.Create());
        }

        // Without any resolver the options cannot be made read-only; then nothing is serialisable, and is told so.
        options.TypeInfoResolver ??= JsonTypeInfoResolver.Combine();
        options.MakeReadOnly();
        _options = options;
        _written = new(() =>
        {
            // Read-only from the first question on: options that may change keep no metadata, and a schema of the first
            // type that was asked for would look different from that of a later one.
            var written = new JsonSerializerOptions(options) { NumberHandling = JsonNumberHandling.Strict };
            written.MakeReadOnly();
            return written;
        });
    }

    /// <summary>The metadata of a type; <see langword="null"/> when there is none.</summary>
    public JsonTypeInfo? Find(Type type) => _options.TryGetTypeInfo(type, out var info) ? info : null;

    /// <summary>
    /// The metadata of a type as it is written: numbers are never written as strings, which are only understood.
    /// </summary>
    public JsonTypeInfo? FindWritten(Type type) => _written.Value.TryGetTypeInfo(type, out var info) ? info : null;
}
