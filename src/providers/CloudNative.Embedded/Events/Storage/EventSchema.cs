using CloudNative.Embedded.Storage;

namespace CloudNative.Embedded.Events.Storage;

/// <summary>The tables of events.db.</summary>
internal static class EventSchema
{
    public const string FileName = "events.db";

    public const int Version = 2;

    /// <summary>An event's rowid is its topic's id, shifted by this, plus its position.</summary>
    public const int PositionBits = 40;

    public const long LastPosition = (1L << PositionBits) - 1;

    // event      the log; one range of rowids a topic, positions dense from 1; identity tells what was published before
    // topic      floor is the highest position that was removed for being old grp        a group begins after start;
    // epoch grows when members, shares or rows to deliver again change by another's hand;            seen is when it
    // last had a member, null while it has one; member is whose alone it is (broadcast) subscriber a member; beat grows
    // while it works; flight names the file in which it notes what it hands out share      one partition of a group:
    // everything of it up to head is done but what open lists; done counts; token fences delivery   events that were
    // passed over to be delivered again or later: holds = the key waits for it, died = processes it took along
    // dead_letter whole events, so that they outlive the log; waits = it was put aside behind an earlier one of its key
    // held_key   keys whose events wait behind a dead letter; released is the position of the one that was sent back
    // letter_edit what the data of dead letters were changed to, until the event is done
    private const string Tables = """
        CREATE TABLE topic (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, floor INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE event (
            id INTEGER PRIMARY KEY, partition INTEGER NOT NULL, stored INTEGER NOT NULL, due INTEGER, key TEXT,
            identity BLOB, source TEXT NOT NULL, event TEXT NOT NULL, type TEXT NOT NULL, attributes BLOB, data BLOB NOT NULL);
        CREATE UNIQUE INDEX event_identity ON event (identity);
        CREATE TABLE grp (
            id INTEGER PRIMARY KEY AUTOINCREMENT, topic INTEGER NOT NULL, name TEXT NOT NULL, start INTEGER NOT NULL,
            epoch INTEGER NOT NULL, seen INTEGER, member TEXT, UNIQUE (topic, name));
        CREATE TABLE subscriber (
            id INTEGER PRIMARY KEY AUTOINCREMENT, grp INTEGER NOT NULL, member TEXT NOT NULL, beat INTEGER NOT NULL,
            duration INTEGER NOT NULL, attempts INTEGER NOT NULL, ordered INTEGER NOT NULL, leaving INTEGER NOT NULL,
            flight TEXT NOT NULL, sequenced INTEGER NOT NULL);
        CREATE INDEX subscriber_grp ON subscriber (grp);
        CREATE TABLE share (
            grp INTEGER NOT NULL, partition INTEGER NOT NULL, owner INTEGER, token INTEGER NOT NULL,
            head INTEGER NOT NULL, open BLOB, done INTEGER NOT NULL, PRIMARY KEY (grp, partition)) WITHOUT ROWID;
        CREATE TABLE delivery (
            grp INTEGER NOT NULL, position INTEGER NOT NULL, partition INTEGER NOT NULL, due INTEGER NOT NULL,
            attempts INTEGER NOT NULL, holds INTEGER NOT NULL, died INTEGER NOT NULL, history BLOB,
            PRIMARY KEY (grp, position)) WITHOUT ROWID;
        CREATE TABLE dead_letter (
            id INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, grp TEXT NOT NULL, grp_id INTEGER NOT NULL,
            position INTEGER NOT NULL, partition INTEGER NOT NULL, stored INTEGER NOT NULL, key TEXT, source TEXT NOT NULL,
            event TEXT NOT NULL, type TEXT NOT NULL, attributes BLOB, data BLOB NOT NULL, history BLOB NOT NULL,
            waits INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX dead_letter_key ON dead_letter (grp_id, key, waits, id) WHERE key IS NOT NULL;
        CREATE TABLE held_key (
            grp INTEGER NOT NULL, key TEXT NOT NULL, partition INTEGER NOT NULL, released INTEGER,
            PRIMARY KEY (grp, key)) WITHOUT ROWID;
        CREATE TABLE letter_edit (
            edit_grp INTEGER NOT NULL, edit_position INTEGER NOT NULL, edit_data BLOB NOT NULL, editor TEXT NOT NULL,
            edited INTEGER NOT NULL, PRIMARY KEY (edit_grp, edit_position)) WITHOUT ROWID;
        """;

    public static Schema Schema { get; } = new()
    {
        FileName = FileName,
        ApplicationId = 0x434E6576, // "CNev"
        Version = Version,
        Preparation = "PRAGMA auto_vacuum = INCREMENTAL;",
        Tables = Tables,
        WhenDamaged = "It holds events that were accepted: stop all services of the app, move it away together with "
            + "events.db-wal and events.db-shm, and keep it for a repair.",
        WhenOlder = "It holds events that were accepted: let the services of that build handle them, or, if nobody needs them, "
            + "stop all services of the app and delete it together with events.db-wal and events.db-shm.",
        WhenNewer = "Update CloudNative.Embedded in this service.",
    };
}
