namespace CloudNative.Comparison.Notice;

/// <summary>The instance to which something happens. Times are timestamps of this process.</summary>
internal abstract class Victim : IAsyncDisposable
{
    /// <summary>When it happened.</summary>
    public long Hurt { get; protected set; }

    /// <summary>When the instance was there again.</summary>
    public long Healed { get; protected set; }

    public abstract Task HurtAsync();

    public abstract Task HealAsync();

    /// <summary>When attempts were made since then that came to nothing.</summary>
    /// <param name="port">Of whom: their port; 0 for all of them.</param>
    public abstract IEnumerable<long> Wasted(int port);

    /// <summary>The last attempt that was still answered as usual, or when it happened.</summary>
    public virtual long Served(int port) => Hurt;

    /// <summary>When the first call came after it was there again, if one did.</summary>
    public abstract long? Back(int port);

    public abstract ValueTask DisposeAsync();
}
