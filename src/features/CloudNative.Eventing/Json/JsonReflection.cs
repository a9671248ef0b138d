using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;

namespace CloudNative.Eventing.Json;

/// <summary>Metadata by reflection, reached only where <c>JsonSerializer.IsReflectionEnabledByDefault</c> says so.</summary>
internal static class JsonReflection
{
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A trimmed app switches it off, and the caller asks first.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "A compiled app switches it off, and the caller asks first.")]
    public static IJsonTypeInfoResolver Create() => new DefaultJsonTypeInfoResolver();
}
