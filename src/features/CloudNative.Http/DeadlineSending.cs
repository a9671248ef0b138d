namespace CloudNative.Http;

/// <summary>When a call tells the service how much time it has left.</summary>
public enum DeadlineSending
{
    /// <summary>
    /// When somebody gave it a deadline: the request, or the work it belongs to. A client's own Timeout needs no telling: when it is
    /// over, the connection or stream is closed, and the service knows.
    /// </summary>
    Given,

    /// <summary>With each call; costs a request without headers about 140 bytes.</summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
