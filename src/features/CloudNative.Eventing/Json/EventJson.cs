using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Eventing.Json;

/// <summary>
/// How data is written and read: with the metadata of the contexts that were added, in their order; by reflection only where the app
/// allows it. Web defaults: camel case, names read without case, numbers also from strings.
/// </summary>
internal sealed class EventJson
{
    private readonly JsonSerializerOptions _options;

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
    }

    /// <summary>The metadata of a type; <see langword="null"/> when there is none.</summary>
    public JsonTypeInfo? Find(Type type) => _options.TryGetTypeInfo(type, out var info) ? info : null;
}
