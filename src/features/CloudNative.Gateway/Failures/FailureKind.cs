namespace CloudNative.Gateway.Failures;

/// <summary>Why a request could not be forwarded.</summary>
internal enum FailureKind
{
    /// <summary>The client went away or broke its request; nobody is left to answer.</summary>
    ClientGone,

    /// <summary>No instance took the request; nothing of it was processed, so it may be sent again.</summary>
    NotConnected,

    /// <summary>An instance took the request and did not answer in time.</summary>
    TimedOut,

    /// <summary>An instance took the request and gave no answer that could be understood.</summary>
    BadAnswer,

    /// <summary>The answer had begun, and ended too early.</summary>
    BrokenOff,
}
