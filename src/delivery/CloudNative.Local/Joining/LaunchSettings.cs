using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CloudNative.Local.Joining;

/// <summary>
/// Puts a profile into the text of a launchSettings.json. Works on the text, so that comments, order and format of the
/// rest stay.
/// </summary>
internal static class LaunchSettings
{
    private const string Urls = "ASPNETCORE_URLS";

    private static readonly JsonReaderOptions Reading = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly JsonWriterOptions Writing = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Profile(IReadOnlyDictionary<string, string> environment)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("commandName", "Project");
            writer.WriteBoolean("dotnetRunMessages", true);
            writer.WriteBoolean("launchBrowser", false);
            if (environment.TryGetValue(Urls, out var urls))
            {
                writer.WriteString("applicationUrl", urls);
            }

            writer.WriteStartObject("environmentVariables");
            foreach (var (name, value) in environment.Where(variable => variable.Key != Urls))
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <exception cref="JsonException">The text is not the JSON of launch settings.</exception>
    public static string Merge(string? text, string name, string profile)
    {
        var bytes = Encoding.UTF8.GetBytes(string.IsNullOrWhiteSpace(text) ? "{\n}\n" : text);
        var place = FindPlace(bytes, name);
        var indented = profile.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal);
        var entry = $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\": {indented}";
        var inserted = place.Kind switch
        {
            PlaceKind.Profile => indented,
            PlaceKind.Profiles => $"\n    {entry}{(place.IsEmpty ? "\n  " : ",")}",
            _ => $"\n  \"profiles\": {{\n    {entry}\n  }}{(place.IsEmpty ? "" : ",")}",
        };
        var before = Encoding.UTF8.GetString(bytes.AsSpan(0, place.Start));
        return before + inserted + Encoding.UTF8.GetString(bytes.AsSpan(place.End));
    }

    // Where the new text goes: over the old profile, at the start of "profiles", or at the start of the file's object.
    private static Place FindPlace(ReadOnlySpan<byte> bytes, string name)
    {
        var reader = new Utf8JsonReader(bytes, Reading);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The file holds no JSON object.");
        }

        var root = new Place(PlaceKind.Root, (int)reader.BytesConsumed, (int)reader.BytesConsumed, IsEmpty: true);
        if (Seek(ref reader, "profiles", ref root) is null)
        {
            return root;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("'profiles' is no JSON object.");
        }

        var profiles = new Place(PlaceKind.Profiles, (int)reader.BytesConsumed, (int)reader.BytesConsumed, IsEmpty: true);
        return Seek(ref reader, name, ref profiles) is { } start ? SkipValue(ref reader, start) : profiles;
    }

    private static Place SkipValue(ref Utf8JsonReader reader, int start)
    {
        reader.Skip();
        return new Place(PlaceKind.Profile, start, (int)reader.BytesConsumed, IsEmpty: false);
    }

    // Reads on to the value of a property of the present object and gives the place where it starts.
    private static int? Seek(ref Utf8JsonReader reader, string property, ref Place around)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            around = around with { IsEmpty = false };
            var found = reader.ValueTextEquals(property);
            reader.Read();
            if (found)
            {
                return (int)reader.TokenStartIndex;
            }

            reader.Skip();
        }

        return null;
    }
}
