namespace CloudNative.EntityFrameworkCore.Model;

/// <summary>That a group has handled an event.</summary>
internal sealed class InboxClaim
{
    public long Position { get; set; }

    public required string Consumer { get; set; }

    public required string Source { get; set; }

    public required string Id { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long Claimed { get; set; }
}
