namespace CloudNative.Http;

/// <summary>Sets of values that fit together, for a client's settings. What is set explicitly beside a preset wins.</summary>
public enum ClientPreset
{
    /// <summary>The defaults.</summary>
    None,

    /// <summary>Somebody waits: Timeout 5 s, attempts of 1 s, short waits.</summary>
    Interactive,

    /// <summary>Nobody waits: Timeout 5 min, attempts of 1 min, five of them, long waits between them.</summary>
    Batch,

    /// <summary>Nothing is sent twice: one attempt, which has the whole Timeout of 30 s. What was not sent is still re-picked.</summary>
    Conservative,
}
