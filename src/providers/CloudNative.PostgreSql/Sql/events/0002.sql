-- Events of a key that wait behind its dead letter, corrected dead letters, and an append that gives positions first. Processes of
-- version 1 go on beside those of version 2: what they call and write is as it was.

ALTER TABLE cloudnative.members ADD COLUMN sequenced boolean NOT NULL DEFAULT false;

-- It was put aside behind an earlier dead letter of its key.
ALTER TABLE cloudnative.dead_letters ADD COLUMN waits boolean NOT NULL DEFAULT false;

CREATE INDEX dead_letters_key ON cloudnative.dead_letters (grp, key, waits, letter) WHERE key IS NOT NULL;

-- Keys of a group whose events wait behind a dead letter; released is the position of the one that was sent back and is not done.
CREATE TABLE cloudnative.held_keys (
    grp       bigint   NOT NULL,
    key       text     NOT NULL,
    partition smallint NOT NULL,
    released  bigint,
    PRIMARY KEY (grp, key)
);

-- What the data of dead letters were changed to, until the event is done.
CREATE TABLE cloudnative.letter_edits (
    edit_grp      bigint NOT NULL,
    edit_position bigint NOT NULL,
    edit_data     bytea  NOT NULL,
    editor        text   NOT NULL,
    edited        bigint NOT NULL,
    PRIMARY KEY (edit_grp, edit_position)
);

-- Stores what is not there yet, all or nothing. The server has everything before a lock is taken: nobody who stalls holds one.
-- p_topics are the topics with how many events each has, all callers in the same order; the events are sorted by them, p_topic is the
-- number of an event's topic. What is repeated within one call has to be left out by the caller. Returns whether members of processes
-- other than p_process should be told.
CREATE FUNCTION cloudnative.append_events(
    p_process text, p_now bigint, p_topics text[], p_counts integer[], p_topic integer[], p_partition smallint[], p_delay bigint[],
    p_key text[], p_identity uuid[], p_source text[], p_id text[], p_type text[], p_attributes bytea[], p_data bytea[])
RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
    v_topics bigint[];
    v_bases  bigint[];
    v_times  bigint[];
    v_topic  bigint;
    v_base   bigint;
    v_time   bigint;
    v_before bigint := 0;
BEGIN
    FOR i IN 1 .. cardinality(p_topics) LOOP
        IF NOT EXISTS (SELECT FROM cloudnative.topics t WHERE t.name = p_topics[i]) THEN
            INSERT INTO cloudnative.topics (name) VALUES (p_topics[i]) ON CONFLICT (name) DO NOTHING;
        END IF;
    END LOOP;

    -- As a rule none of it is there yet, so positions are given out at once.
    BEGIN
        FOR i IN 1 .. cardinality(p_topics) LOOP
            UPDATE cloudnative.topics t SET last = t.last + p_counts[i], stored = greatest(t.stored, p_now)
            WHERE t.name = p_topics[i]
            RETURNING t.id, t.last - p_counts[i] - v_before, t.stored INTO v_topic, v_base, v_time;
            v_topics[i] := v_topic;
            v_bases[i] := v_base;
            v_times[i] := v_time;
            v_before := v_before + p_counts[i];
        END LOOP;

        INSERT INTO cloudnative.events (topic, position, partition, stored, due, key, identity, source, id, type, attributes, data)
        SELECT
            v_topics[n.topic], v_bases[n.topic] + n.n, coalesce(n.partition, (v_bases[n.topic] + n.n) % 16), v_times[n.topic],
            CASE WHEN n.delay > 0 THEN least(v_times[n.topic] + n.delay, 253402300799999) END,
            n.key, n.identity, n.source, n.id, n.type, n.attributes, n.data
        FROM unnest(p_topic, p_partition, p_delay, p_key, p_identity, p_source, p_id, p_type, p_attributes, p_data)
            WITH ORDINALITY AS n (topic, partition, delay, key, identity, source, id, type, attributes, data, n);
    EXCEPTION WHEN unique_violation THEN
        FOR i IN 1 .. cardinality(p_topics) LOOP
            PERFORM FROM cloudnative.topics t WHERE t.name = p_topics[i] FOR UPDATE;
        END LOOP;

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
                JOIN cloudnative.topics t ON t.name = p_topics[n.topic]
                WHERE NOT EXISTS (SELECT FROM cloudnative.events o WHERE o.identity = n.identity)
            ) AS e
            RETURNING topic, position, stored)
        UPDATE cloudnative.topics t SET last = a.last, stored = a.stored
        FROM (SELECT topic, max(position) AS last, max(stored) AS stored FROM appended GROUP BY topic) AS a
        WHERE t.id = a.topic;
    END;

    RETURN EXISTS (SELECT FROM cloudnative.members m WHERE m.member <> p_process);
END $$;

UPDATE cloudnative.schema_versions SET version = 2 WHERE name = 'events';
