using System.Text;
using System.Text.Json;
using CloudNative.Kubernetes.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;

namespace CloudNative.Kubernetes.Sources;

/// <summary>
/// Makes configuration of named bytes. What they hold may be secret, so that no error quotes it or carries one that
/// does.
/// </summary>
internal static class SettingsReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Settings Read(
        KubernetesConfigurationSource source, string where, IEnumerable<KeyValuePair<string, byte[]>> entries)
    {
        var data = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var left = new List<string>();
        // Documents first, so that single values outweigh them; then in an order that is the same everywhere.
        var ordered = entries
            .OrderBy(entry => !source.JsonDocuments.Contains(entry.Key))
            .ThenBy(entry => entry.Key, StringComparer.Ordinal);
        foreach (var (name, bytes) in ordered)
        {
            if (source.JsonDocuments.Contains(name))
            {
                AddDocument(data, source.Section, where, name, bytes);
            }
            else if (TextOf(bytes) is { } text)
            {
                data[Combine(source.Section, KeyOf(name))] = text;
            }
            else
            {
                left.Add(name);
            }
        }

        return new Settings(data, left);
    }

    private static string KeyOf(string name) => name
        .Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)
        .Replace("/", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);

    private static string Combine(string? section, string key) =>
        string.IsNullOrEmpty(section) ? key : ConfigurationPath.Combine(section, key);

    private static string? TextOf(byte[] bytes)
    {
        try
        {
            var text = Utf8.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
            return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2]
                : text.EndsWith('\n') ? text[..^1]
                : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // By the rules of appsettings.json, since its own reader reads it.
    private static void AddDocument(
        Dictionary<string, string?> data, string? section, string where, string name, byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            using var document = new ConfigurationRoot([
                new JsonStreamConfigurationProvider(new JsonStreamConfigurationSource { Stream = stream })]);
            foreach (var (key, value) in document.AsEnumerable())
            {
                if (value is not null)
                {
                    data[Combine(section, key)] = value;
                }
            }
        }
        // The last: half of a surrogate pair, which is found when the text is taken.
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            var cause = exception as JsonException ?? exception.InnerException as JsonException;
            var at = cause is { LineNumber: { } line }
                ? $" (line {line + 1})"
                : string.Empty;
            throw new KubernetesConfigurationException(
                $"{ErrorIds.NoDocument}: {name} in {where} holds no JSON document, or one that names a key twice{at}. "
                + $"Correct it, or take it out of {nameof(KubernetesConfigurationSource.JsonDocuments)}");
        }
    }
}
