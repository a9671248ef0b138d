using CloudNative.Shared.Outbox;

namespace CloudNative.EntityFrameworkCore.Model;

/// <summary>An event as a row. The columns are those of <see cref="OutboxRow"/>.</summary>
internal abstract class EventRow
{
    public long Position { get; set; }

    public required string Topic { get; set; }

    public required string Source { get; set; }

    public required string Id { get; set; }

    public required string Type { get; set; }

    public string? Subject { get; set; }

    public string? Time { get; set; }

    public string? ContentType { get; set; }

    public string? DataSchema { get; set; }

    public string? PartitionKey { get; set; }

    public string? TraceParent { get; set; }

    public string? TraceState { get; set; }

    public string? Extensions { get; set; }

    public required byte[] Data { get; set; }

    /// <summary>Milliseconds.</summary>
    public long Delay { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long Enqueued { get; set; }
}
