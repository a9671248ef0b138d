namespace CloudNative.Embedded.Storage;

/// <summary>The tables of control.db: who runs, what is registered, and who holds leases.</summary>
internal static class ControlSchema
{
    public const int Version = 1;

    private const string Tables = """
        CREATE TABLE member (id TEXT PRIMARY KEY, socket TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE service (name TEXT PRIMARY KEY) WITHOUT ROWID;
        CREATE TABLE instance (
            service TEXT NOT NULL, id TEXT NOT NULL, member TEXT NOT NULL, registration TEXT NOT NULL,
            ready INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (service, id)) WITHOUT ROWID;
        CREATE INDEX instance_member ON instance (member);
        CREATE TABLE lease (
            name TEXT PRIMARY KEY, member TEXT NOT NULL, holder TEXT NOT NULL, token INTEGER NOT NULL,
            expires INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        INSERT INTO counter (name, value) VALUES ('revision', 0), ('token', 0);
        """;

    public static Schema Schema { get; } = new()
    {
        FileName = ControlStore.FileName,
        ApplicationId = 0x434E6374, // "CNct"
        Version = Version,
        Tables = Tables,
        WhenDamaged = "Stop all services of the app and delete it; it holds only who runs and who holds leases.",
        WhenOlder = "Stop all services of the app and delete it; it holds only who runs and who holds leases.",
        WhenNewer = "Update CloudNative.Embedded in this service, or stop all services of the app and delete the store.",
    };
}
