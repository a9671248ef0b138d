namespace CloudNative.PostgreSql;

/// <summary>The names of what this package measures. How long statements take is told by the meter <c>Npgsql</c>.</summary>
public static class PostgreSqlTelemetryNames
{
    /// <summary>The meter.</summary>
    public const string Meter = "CloudNative.PostgreSql";

    /// <summary>Counter, <c>{lease}</c>: leases that this process lost before it released them.</summary>
    public const string LostLeases = "cloudnative.postgresql.leases.lost";

    /// <summary>
    /// Counter, <c>{message}</c>: events that were removed for their age before a group had handled them, since no service had been in
    /// it for as long.
    /// </summary>
    public const string MissedEvents = "cloudnative.postgresql.events.missed";

    /// <summary>Attribute: the topic.</summary>
    public const string DestinationAttribute = "messaging.destination.name";

    /// <summary>Attribute: the group.</summary>
    public const string GroupAttribute = "messaging.consumer.group.name";
}
