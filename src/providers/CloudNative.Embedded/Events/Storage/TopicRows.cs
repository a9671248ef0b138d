namespace CloudNative.Embedded.Events.Storage;

/// <summary>The topics as they stand in the store. They are never removed, so that positions are never used again.</summary>
internal static class TopicRows
{
    public static long? Find(EventConnection connection, string name) =>
        connection.Prepare("SELECT id FROM topic WHERE name = ?1").Bind(1, name).Scalar();

    public static long FindOrAdd(EventConnection connection, string name) =>
        Find(connection, name)
        ?? connection.Prepare("INSERT INTO topic (name) VALUES (?1) RETURNING id").Bind(1, name).Scalar()!.Value;

    /// <summary>The highest position that was removed for being old.</summary>
    public static long Floor(EventConnection connection, long topic) =>
        connection.Prepare("SELECT floor FROM topic WHERE id = ?1").Bind(1, topic).Scalar() ?? 0;

    public static void SetFloor(EventConnection connection, long topic, long floor) =>
        connection.Prepare("UPDATE topic SET floor = ?2 WHERE id = ?1").Bind(1, topic).Bind(2, floor).Run();

    public static List<(long Id, string Name)> ReadAll(EventConnection connection)
    {
        var rows = connection.Prepare("SELECT id, name FROM topic");
        var topics = new List<(long, string)>();
        while (rows.Step())
        {
            topics.Add((rows.Int64(0), rows.Text(1)));
        }

        return topics;
    }
}
