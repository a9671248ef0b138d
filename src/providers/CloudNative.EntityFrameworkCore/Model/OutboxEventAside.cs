namespace CloudNative.EntityFrameworkCore.Model;

/// <summary>An event that could not be read, or that no transport takes; it waits for a person.</summary>
internal sealed class OutboxEventAside : EventRow
{
    public required string Reason { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long Since { get; set; }
}
