using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Shared.EventLog;

/// <summary>
/// A partition that a member handles, from taking it to losing or releasing it. Guarded by the member's gate, but what never changes.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has no timer; its token must work after the share is gone.")]
internal sealed class Share(int partition, long token, long head, long done)
{
    private readonly CancellationTokenSource _lost = new();

    public int Partition { get; } = partition;

    public long Token { get; } = token;

    /// <summary>As it stands in the store.</summary>
    public long Head { get; set; } = head;

    /// <summary>How many events were done since the group's start, as it stands in the store.</summary>
    public long Done { get; set; } = done;

    /// <summary>How far the log was read for it.</summary>
    public long Read { get; set; } = head;

    /// <summary>What was read and is not done, nor passed over to be delivered again.</summary>
    public SortedSet<long> Open { get; } = [];

    /// <summary>All that the member has before it of this share, what was passed over included.</summary>
    public HashSet<long> Known { get; } = [];

    /// <summary>Deliveries under way.</summary>
    public HashSet<Entry> Flying { get; } = [];

    /// <summary>Nothing of it is delivered any more, because another member is to have it.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>It was taken away, or given away.</summary>
    public bool IsGone { get; private set; }

    public CancellationToken Lost => _lost.Token;

    /// <summary>Tells those who handle something of it. Who listens may take its time, so this happens elsewhere.</summary>
    public void Lose()
    {
        if (!IsGone)
        {
            IsGone = true;
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _lost, preferLocal: false);
        }
    }
}
