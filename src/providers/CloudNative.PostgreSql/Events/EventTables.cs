using CloudNative.PostgreSql.Databases;

namespace CloudNative.PostgreSql.Events;

/// <summary>The tables of the log.</summary>
internal static class EventTables
{
    public static TableSet Set { get; } = TableSet.FromResources("events", 2);
}
