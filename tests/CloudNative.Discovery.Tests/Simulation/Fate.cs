namespace CloudNative.Discovery.Tests.Simulation;

/// <summary>How a simulated instance behaves.</summary>
internal enum Fate
{
    /// <summary>It answers.</summary>
    Healthy,

    /// <summary>It answers, ten times slower than the others.</summary>
    Slow,

    /// <summary>It refuses connections at once.</summary>
    Refuses,

    /// <summary>Nothing that is sent to it is ever answered; the caller's connect timeout ends the attempt.</summary>
    BlackHole,

    /// <summary>It answers at once that it failed.</summary>
    Errors,
}
