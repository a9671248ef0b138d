namespace CloudNative.Lifecycle;

/// <summary>The life of a service, in order; it never goes back.</summary>
public enum LifecyclePhase
{
    /// <summary>Hosted services are starting; the port may still be closed.</summary>
    Starting,

    /// <summary>The port is open; participants announce the service.</summary>
    Started,

    /// <summary>
    /// Stop was asked for: not ready, being deregistered; the port is still open and requests are served.
    /// </summary>
    Withdrawing,

    /// <summary>Neighbours have had time to notice; work in hand is being finished.</summary>
    Draining,

    /// <summary>Drained; the host closes its ports and ends.</summary>
    Stopped,
}
