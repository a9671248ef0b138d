namespace CloudNative.Embedded.Events.Storage;

/// <summary>What the data of dead letters were changed to, as it stands in the store.</summary>
internal static class LetterEditRows
{
    public static bool Put(EventConnection connection, long id, byte[] data, string by, long now) => connection.Prepare(
        """
        INSERT OR REPLACE INTO letter_edit (edit_grp, edit_position, edit_data, editor, edited)
        SELECT grp_id, position, ?2, ?3, ?4 FROM dead_letter WHERE id = ?1
        """)
        .Bind(1, id).Bind(2, data).Bind(3, by).Bind(4, now).Run() == 1;

    public static byte[]? Find(EventConnection connection, long group, long position)
    {
        var rows = connection.Prepare("SELECT edit_data FROM letter_edit WHERE edit_grp = ?1 AND edit_position = ?2")
            .Bind(1, group).Bind(2, position);
        if (!rows.Step())
        {
            return null;
        }

        var data = rows.Bytes(0);
        rows.Reset();
        return data;
    }

    public static void Remove(EventConnection connection, long group, long position) =>
        connection.Prepare("DELETE FROM letter_edit WHERE edit_grp = ?1 AND edit_position = ?2")
            .Bind(1, group).Bind(2, position).Run();

    public static void RemoveLost(EventConnection connection, long group) => connection.Prepare(
        """
        DELETE FROM letter_edit WHERE edit_grp = ?1 AND NOT EXISTS (
            SELECT 1 FROM dead_letter WHERE grp_id = edit_grp AND position = edit_position)
        """)
        .Bind(1, group).Run();
}
