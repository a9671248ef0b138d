using System.Globalization;
using CloudNative.Eventing;

namespace CloudNative.Sdk.Management;

/// <summary>The attributes of an event.</summary>
internal sealed record EventView
{
    public required string Id { get; init; }

    public required string Source { get; init; }

    public required string Type { get; init; }

    public string? Subject { get; init; }

    public DateTimeOffset? Time { get; init; }

    public string? DataContentType { get; init; }

    public string? Key { get; init; }

    public string? TraceParent { get; init; }

    public IReadOnlyDictionary<string, string>? Extensions { get; init; }

    public static EventView Of(EventEnvelope value) => new()
    {
        Id = value.Id,
        Source = value.Source,
        Type = value.Type,
        Subject = value.Subject,
        Time = value.Time,
        DataContentType = value.DataContentType,
        Key = value.Key,
        TraceParent = value.TraceParent,
        Extensions = value.Extensions?.ToDictionary(
            extension => extension.Key, extension => Convert.ToString(extension.Value, CultureInfo.InvariantCulture) ?? ""),
    };
}
