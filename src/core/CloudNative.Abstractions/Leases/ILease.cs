namespace CloudNative.Leases;

/// <summary>A lease that is held. Disposing it releases it; a lost lease releases nothing.</summary>
public interface ILease : IAsyncDisposable
{
    /// <summary>The name of what is guarded.</summary>
    string Name { get; }

    /// <summary>
    /// Grows with each holder, across restarts. Hand it to the guarded resource and let that refuse smaller ones: a
    /// holder that was paused cannot know that it lost the lease.
    /// </summary>
    long FencingToken { get; }

    /// <summary>Fires as soon as this process knows that the lease is gone.</summary>
    CancellationToken Lost { get; }
}
