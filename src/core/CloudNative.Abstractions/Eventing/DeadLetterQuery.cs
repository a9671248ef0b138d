namespace CloudNative.Eventing;

/// <summary>Which dead letters to list; what is not set does not matter.</summary>
public sealed record DeadLetterQuery
{
    /// <summary>Only those of this topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Only those of this group.</summary>
    public string? Group { get; init; }

    /// <summary>Only those whose events have this key.</summary>
    public string? Key { get; init; }

    /// <summary>Only those that wait behind another, or only those that do not.</summary>
    public bool? IsWaiting { get; init; }

    /// <summary>Only those after this <see cref="DeadLetter.Id"/>, to read page by page.</summary>
    public long After { get; init; }

    /// <summary>The most to return; 1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}
