namespace CloudNative.Local;

/// <summary>How far the run of an app has come.</summary>
public enum LocalAppPhase
{
    /// <summary>The app's file is being read and checked.</summary>
    Reading,

    /// <summary>The projects are being built.</summary>
    Building,

    /// <summary>The services start; not all are ready yet.</summary>
    Starting,

    /// <summary>All services have been ready. Later failures of single replicas do not change the phase.</summary>
    Running,

    /// <summary>Everything is being stopped.</summary>
    Stopping,

    /// <summary>No process is left.</summary>
    Stopped,
}
