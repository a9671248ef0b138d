using System.Text;
using System.Text.Json;
using CloudNative.Consul.Configuration;
using CloudNative.Consul.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace CloudNative.Consul.KeyValue;

/// <summary>Makes configuration of keys and what they hold.</summary>
internal static class KeyValueReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Dictionary<string, string?> Read(string prefix, ConsulKeyValueFormat format, IEnumerable<KeyDocument> entries)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            if (PathOf(prefix, entry.Key ?? string.Empty) is not { } path)
            {
                continue;
            }

            if (format == ConsulKeyValueFormat.Json)
            {
                AddDocument(data, path, entry);
            }
            else if (path.Length > 0)
            {
                data[path] = TextOf(entry);
            }
        }

        return data;
    }

    // A key that ends in a slash is a folder, made by hand; one that does not go on with a slash is a neighbour.
    private static string? PathOf(string prefix, string key)
    {
        if (key == prefix)
        {
            return string.Empty;
        }

        return key.StartsWith(prefix + '/', StringComparison.Ordinal) && !key.EndsWith('/')
            ? key[(prefix.Length + 1)..].Replace('/', ConfigurationPath.KeyDelimiter[0])
            : null;
    }

    private static string TextOf(KeyDocument entry)
    {
        try
        {
            return Utf8.GetString(entry.Value ?? []);
        }
        catch (DecoderFallbackException exception)
        {
            throw Unreadable(entry, "text in UTF-8", exception);
        }
    }

    // By the rules of appsettings.json, since its own reader reads it.
    private static void AddDocument(Dictionary<string, string?> data, string path, KeyDocument entry)
    {
        try
        {
            using var stream = new MemoryStream(entry.Value ?? []);
            using var document = new ConfigurationRoot([
                new JsonStreamConfigurationProvider(new JsonStreamConfigurationSource { Stream = stream })]);
            foreach (var (key, value) in document.AsEnumerable())
            {
                if (value is not null)
                {
                    data[path.Length > 0 ? ConfigurationPath.Combine(path, key) : key] = value;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw Unreadable(entry, "a JSON document", exception);
        }
    }

    private static ConsulException Unreadable(KeyDocument entry, string expected, Exception cause) => new(
        $"{ErrorIds.KeyUnreadable}: The key {entry.Key} in Consul does not hold {expected}: {cause.Message.TrimEnd('.')}. "
        + "Correct it, or move it out of the prefix",
        System.Net.HttpStatusCode.OK,
        cause);
}
