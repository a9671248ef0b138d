namespace CloudNative.Http.Picking;

/// <summary>How an attempt ended, as far as it decides whether another may follow.</summary>
internal enum AttemptEnd
{
    /// <summary>The attempt never came to a pick: a handler of the user's answered or threw.</summary>
    NotPicked,

    /// <summary>An answer came.</summary>
    Answered,

    /// <summary>No connection could be made; nothing was sent.</summary>
    NotConnected,

    /// <summary>
    /// The instance refused to begin (HTTP/2 REFUSED_STREAM): it did nothing, though something was sent.
    /// </summary>
    Refused,

    /// <summary>The connection broke after something may have been sent.</summary>
    Broken,

    /// <summary>Cancelled: by the caller, by the deadline or by the attempt's own timeout.</summary>
    Cancelled,

    /// <summary>
    /// It failed for a reason that another instance would share (a limit, a wrong version, a request that cannot be
    /// sent).
    /// </summary>
    Permanent,
}
