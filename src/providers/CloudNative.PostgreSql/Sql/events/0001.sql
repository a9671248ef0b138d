-- The event log of CloudNative.PostgreSql, version 1. Runs as it stands in a database that has the schema:
--     CREATE SCHEMA cloudnative;
-- For another schema replace "cloudnative." throughout.

CREATE TABLE IF NOT EXISTS cloudnative.schema_versions (
    name    text PRIMARY KEY,
    version integer NOT NULL
);

-- A topic. last is the position of its newest event, stored the time of that one, floor the highest position that was removed for being
-- old. Whoever appends holds the row's lock until the commit, so that positions are dense and become visible in order.
CREATE TABLE cloudnative.topics (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name   text   NOT NULL UNIQUE,
    last   bigint NOT NULL DEFAULT 0,
    stored bigint NOT NULL DEFAULT 0,
    floor  bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- The log. Times are Unix milliseconds. identity tells what was published before: 16 bytes made of topic, source and id.
CREATE TABLE cloudnative.events (
    topic      bigint   NOT NULL,
    position   bigint   NOT NULL,
    partition  smallint NOT NULL,
    stored     bigint   NOT NULL,
    due        bigint,
    key        text,
    identity   uuid,
    source     text     NOT NULL,
    id         text     NOT NULL,
    type       text     NOT NULL,
    attributes bytea,
    data       bytea    NOT NULL,
    PRIMARY KEY (topic, position)
);

CREATE UNIQUE INDEX events_identity ON cloudnative.events (identity);

-- A group begins after start; epoch grows when members, shares or rows to deliver again change by another's hand; seen is when it last
-- had a member, null while it has one; member is whose alone it is (broadcast).
CREATE TABLE cloudnative.groups (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic  bigint NOT NULL,
    name   text   NOT NULL,
    start  bigint NOT NULL,
    epoch  bigint NOT NULL,
    seen   bigint,
    member text,
    UNIQUE (topic, name)
) WITH (fillfactor = 50);

-- A member of a group; beat grows while it works, flying holds what it has handed out.
CREATE TABLE cloudnative.members (
    id       bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    grp      bigint  NOT NULL,
    member   text    NOT NULL,
    beat     bigint  NOT NULL,
    duration bigint  NOT NULL,
    attempts bigint  NOT NULL,
    ordered  boolean NOT NULL,
    leaving  boolean NOT NULL,
    flight   text    NOT NULL,
    flying   bytea
) WITH (fillfactor = 50);

CREATE INDEX members_grp ON cloudnative.members (grp);

-- One partition of a group: everything of it up to head is done but what open lists; done counts; token fences.
CREATE TABLE cloudnative.shares (
    grp       bigint   NOT NULL,
    partition smallint NOT NULL,
    owner     bigint,
    token     bigint   NOT NULL,
    head      bigint   NOT NULL,
    open      bytea,
    done      bigint   NOT NULL,
    PRIMARY KEY (grp, partition)
) WITH (fillfactor = 50);

-- Events that were passed over to be delivered again or later: holds = the key waits for it, died = processes it took along.
CREATE TABLE cloudnative.deliveries (
    grp       bigint   NOT NULL,
    position  bigint   NOT NULL,
    partition smallint NOT NULL,
    due       bigint   NOT NULL,
    attempts  integer  NOT NULL,
    holds     boolean  NOT NULL,
    died      integer  NOT NULL,
    history   bytea,
    PRIMARY KEY (grp, position)
);

-- Whole events, so that they outlive the log. token is that of the share, so that a settlement that is tried again gives one letter.
CREATE TABLE cloudnative.dead_letters (
    letter     bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic      text     NOT NULL,
    grp_name   text     NOT NULL,
    grp        bigint   NOT NULL,
    token      bigint   NOT NULL,
    position   bigint   NOT NULL,
    partition  smallint NOT NULL,
    stored     bigint   NOT NULL,
    key        text,
    source     text     NOT NULL,
    id         text     NOT NULL,
    type       text     NOT NULL,
    attributes bytea,
    data       bytea    NOT NULL,
    history    bytea    NOT NULL,
    UNIQUE (grp, position, token)
);

-- Stores what is not there yet, all or nothing. The server has everything before a lock is taken: nobody who stalls holds one.
-- What is repeated within one call has to be left out by the caller.
CREATE FUNCTION cloudnative.append_events(
    p_now bigint, p_topic text[], p_partition smallint[], p_delay bigint[], p_key text[], p_identity uuid[], p_source text[], p_id text[],
    p_type text[], p_attributes bytea[], p_data bytea[])
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cloudnative.topics (name)
    SELECT DISTINCT n.name FROM unnest(p_topic) AS n (name)
    WHERE NOT EXISTS (SELECT FROM cloudnative.topics t WHERE t.name = n.name)
    ORDER BY n.name
    ON CONFLICT (name) DO NOTHING;

    PERFORM FROM cloudnative.topics t WHERE t.name = ANY (p_topic) ORDER BY t.id FOR UPDATE;

    -- A statement of its own: it sees what was committed before the locks were had.
    WITH appended AS (
        INSERT INTO cloudnative.events (
            topic, position, partition, stored, due, key, identity, source, id, type, attributes, data)
        SELECT
            e.topic, e.position, coalesce(e.partition, e.position % 16), e.stored,
            CASE WHEN e.delay > 0 THEN least(e.stored + e.delay, 253402300799999) END,
            e.key, e.identity, e.source, e.id, e.type, e.attributes, e.data
        FROM (
            SELECT
                t.id AS topic, t.last + row_number() OVER (PARTITION BY t.id ORDER BY n.n) AS position,
                greatest(t.stored, p_now) AS stored,
                n.partition, n.delay, n.key, n.identity, n.source, n.id, n.type, n.attributes, n.data
            FROM unnest(p_topic, p_partition, p_delay, p_key, p_identity, p_source, p_id, p_type, p_attributes, p_data)
                WITH ORDINALITY AS n (topic, partition, delay, key, identity, source, id, type, attributes, data, n)
            JOIN cloudnative.topics t ON t.name = n.topic
            WHERE NOT EXISTS (SELECT FROM cloudnative.events o WHERE o.identity = n.identity)
        ) AS e
        RETURNING topic, position, stored)
    UPDATE cloudnative.topics t SET last = a.last, stored = a.stored
    FROM (SELECT topic, max(position) AS last, max(stored) AS stored FROM appended GROUP BY topic) AS a
    WHERE t.id = a.topic;
END $$;

-- Writes what became of deliveries, for those shares whose token still holds: s_ are the shares; d_ are rows to deliver again, r_ such
-- rows that go, l_ dead letters, each with the number of its share. Returns the numbers of the shares that held.
CREATE FUNCTION cloudnative.settle_events(
    s_grp bigint[], s_partition smallint[], s_token bigint[], s_head bigint[], s_open bytea[], s_done bigint[],
    d_share integer[], d_position bigint[], d_due bigint[], d_attempts integer[], d_holds boolean[], d_died integer[], d_history bytea[],
    r_share integer[], r_position bigint[], l_share integer[], l_position bigint[], l_history bytea[])
RETURNS integer[]
LANGUAGE plpgsql AS $$
DECLARE
    held integer[];
BEGIN
    SELECT coalesce(array_agg(q.n), '{}') INTO held FROM (
        SELECT s.n::integer AS n
        FROM unnest(s_grp, s_partition, s_token) WITH ORDINALITY AS s (grp, partition, token, n)
        JOIN cloudnative.shares x ON x.grp = s.grp AND x.partition = s.partition AND x.token = s.token
        ORDER BY x.grp, x.partition
        FOR UPDATE OF x) AS q;

    UPDATE cloudnative.shares x SET head = s.head, open = s.open, done = s.done
    FROM unnest(s_grp, s_partition, s_head, s_open, s_done) WITH ORDINALITY AS s (grp, partition, head, open, done, n)
    WHERE x.grp = s.grp AND x.partition = s.partition AND s.n = ANY (held);

    IF cardinality(d_share) > 0 THEN
        INSERT INTO cloudnative.deliveries (grp, position, partition, due, attempts, holds, died, history)
        SELECT s_grp[d.share], d.position, s_partition[d.share], d.due, d.attempts, d.holds, d.died, d.history
        FROM unnest(d_share, d_position, d_due, d_attempts, d_holds, d_died, d_history)
            AS d (share, position, due, attempts, holds, died, history)
        WHERE d.share = ANY (held)
        ON CONFLICT (grp, position) DO UPDATE SET
            due = excluded.due, attempts = excluded.attempts, holds = excluded.holds, died = excluded.died, history = excluded.history;
    END IF;

    IF cardinality(l_share) > 0 THEN
        INSERT INTO cloudnative.dead_letters (
            topic, grp_name, grp, token, position, partition, stored, key, source, id, type, attributes, data, history)
        SELECT
            t.name, g.name, g.id, s_token[l.share], l.position, e.partition, e.stored, e.key, e.source, e.id, e.type, e.attributes,
            e.data, l.history
        FROM unnest(l_share, l_position, l_history) AS l (share, position, history)
        JOIN cloudnative.groups g ON g.id = s_grp[l.share]
        JOIN cloudnative.topics t ON t.id = g.topic
        JOIN cloudnative.events e ON e.topic = g.topic AND e.position = l.position
        WHERE l.share = ANY (held)
        ON CONFLICT (grp, position, token) DO NOTHING;
    END IF;

    IF cardinality(r_share) > 0 THEN
        DELETE FROM cloudnative.deliveries x USING unnest(r_share, r_position) AS r (share, position)
        WHERE x.grp = s_grp[r.share] AND x.position = r.position AND r.share = ANY (held);
    END IF;

    RETURN held;
END $$;

-- Notes what a member has handed out. For the case that its process dies, not the server, so it does not wait for the disk.
CREATE FUNCTION cloudnative.note_flights(p_member bigint, p_flying bytea)
RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE cloudnative.members SET flying = p_flying WHERE id = p_member;
END $$;

-- Shows that a member works. False when it was put out of its group.
CREATE FUNCTION cloudnative.beat_member(p_member bigint)
RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    UPDATE cloudnative.members SET beat = beat + 1 WHERE id = p_member;
    RETURN found;
END $$;

INSERT INTO cloudnative.schema_versions (name, version) VALUES ('events', 1);
