using System.Text.Json.Nodes;

namespace CloudNative.Eventing.AsyncApi;

/// <summary>
/// References inside the document. Keys are those of <see cref="DocumentKeys"/>, which a JSON pointer takes as they
/// are.
/// </summary>
internal static class DocumentReference
{
    public static string Pointer(params ReadOnlySpan<string> keys) => $"#/{string.Join('/', keys)}";

    public static JsonObject To(params ReadOnlySpan<string> keys) => new() { ["$ref"] = Pointer(keys) };
}
