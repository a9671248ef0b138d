namespace CloudNative.Eventing.CloudEvents;

/// <summary>What one event or batch may hold, so that hostile input costs no more than its own bytes.</summary>
internal static class CloudEventLimits
{
    /// <summary>All attributes of an event together, in characters; intermediaries have to forward events of 64 KiB.</summary>
    public const int AttributeCharacters = 64 * 1024;

    /// <summary>Extensions of one event.</summary>
    public const int Extensions = 100;

    /// <summary>How deep JSON data may be nested; the default of System.Text.Json.</summary>
    public const int DataDepth = 64;

    /// <summary>Events in one batch.</summary>
    public const int BatchEvents = 10_000;

    /// <summary>An event in a batch stands two levels deep.</summary>
    public const int DocumentDepth = DataDepth + 2;

    /// <summary>The longest text of a timestamp, in bytes of JSON; every character may be escaped in six.</summary>
    public const int TimestampBytes = 384;
}
