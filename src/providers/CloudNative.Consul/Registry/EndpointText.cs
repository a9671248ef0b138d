using System.Text;
using CloudNative.Discovery;

namespace CloudNative.Consul.Registry;

/// <summary>An endpoint as text: <c>http://10.0.0.1:8081 name=grpc authority=catalog.example</c>.</summary>
internal static class EndpointText
{
    private const string Name = "name=";
    private const string Authority = "authority=";

    public static string Write(InstanceEndpoint endpoint)
    {
        var host = endpoint.Host.Contains(':', StringComparison.Ordinal) ? $"[{endpoint.Host}]" : endpoint.Host;
        var text = new StringBuilder($"{endpoint.Scheme}://{host}:{endpoint.Port}");
        Append(text, Name, endpoint.Name);
        Append(text, Authority, endpoint.Authority);
        return text.ToString();
    }

    /// <summary>Reads one; <see langword="null"/> when it is none, as anybody may have written it.</summary>
    public static InstanceEndpoint? Read(string? text)
    {
        var words = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (words.Length == 0 || !Uri.TryCreate(words[0], UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Port <= 0)
        {
            return null;
        }

        return new InstanceEndpoint(uri.Scheme, uri.Host.Trim('[', ']'), uri.Port)
        {
            Name = Find(words, Name),
            Authority = Find(words, Authority),
        };
    }

    private static void Append(StringBuilder text, string word, string? value)
    {
        if (value is not null)
        {
            text.Append(' ').Append(word).Append(Uri.EscapeDataString(value));
        }
    }

    private static string? Find(string[] words, string word) =>
        words.FirstOrDefault(candidate => candidate.StartsWith(word, StringComparison.Ordinal)) is { } found
            ? Uri.UnescapeDataString(found[word.Length..])
            : null;
}
