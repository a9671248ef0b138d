using System.Text.Json;

namespace CloudNative.Testing.Agent.Client;

/// <summary>Values in one line of text.</summary>
internal static class EventText
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text)!;
}
