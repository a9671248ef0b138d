namespace CloudNative.Discovery;

/// <summary>How an attempt ended, as a judgement of the instance that served it.</summary>
public enum EndpointOutcome
{
    /// <summary>The instance did its work, whatever it thought of the request (a 404 is a success).</summary>
    Success,

    /// <summary>The instance answered that it failed (5xx other than 501), or broke off its answer.</summary>
    Failure,

    /// <summary>No connection could be made; nothing was sent.</summary>
    ConnectFailure,

    /// <summary>The instance did not answer within the attempt's time.</summary>
    Timeout,

    /// <summary>The caller gave up; says nothing of the instance.</summary>
    Abandoned,

    /// <summary>
    /// The instance has more to do than it can and declined (503 with Retry-After, 429). It costs more for a while, so that calls go where
    /// there is room, but it is not ejected: its siblings would get its load too.
    /// </summary>
    Overloaded,
}
