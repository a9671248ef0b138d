using CloudNative.Eventing;
using Microsoft.Extensions.Configuration;

namespace CloudNative.RabbitMq.Connecting;

/// <summary>Where the broker is, and how that may be told without its password.</summary>
/// <param name="Uri">The address with user and password.</param>
/// <param name="Shown">The address as errors show it, and where it came from.</param>
internal sealed record BrokerAddress(Uri Uri, string Shown)
{
    private const string Default = "amqp://guest:guest@localhost:5672/";

    /// <summary>The broker and its virtual host, for documents.</summary>
    public EventServer Server => new(Uri.Scheme, Uri.Port < 0 ? Uri.Host : $"{Uri.Host}:{Uri.Port}")
    {
        ProtocolVersion = "0-9-1",
        PathName = Uri.AbsolutePath.Length > 1 ? Uri.AbsolutePath : null,
    };

    public static bool IsValid(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "amqp" or "amqps"
        && uri.Host.Length > 0
        && uri.Segments.Length <= 2;

    public static BrokerAddress Find(IConfiguration? configuration, RabbitMqOptions options)
    {
        var text = configuration?.GetConnectionString(options.ConnectionName);
        var uri = new Uri(string.IsNullOrEmpty(text) ? Default : text);
        var shown = $"{uri.Scheme}://{uri.Host}{(uri.Port < 0 ? string.Empty : $":{uri.Port}")}{uri.AbsolutePath}";
        return new BrokerAddress(uri, string.IsNullOrEmpty(text)
            ? $"{shown} (the default: ConnectionStrings:{options.ConnectionName} is not set)"
            : $"{shown} (ConnectionStrings:{options.ConnectionName})");
    }
}
