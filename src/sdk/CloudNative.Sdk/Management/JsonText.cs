using System.Text.Json;
using System.Text.Unicode;

namespace CloudNative.Sdk.Management;

/// <summary>Tells JSON from other bytes.</summary>
internal static class JsonText
{
    public static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            return false;
        }

        var json = new Utf8JsonReader(bytes);
        try
        {
            while (json.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
