-- The outbox of CloudNative.PostgreSql, version 1. Runs as it stands in a database that has the schema:
--     CREATE SCHEMA cloudnative;
-- For another schema replace "cloudnative." throughout.

CREATE TABLE IF NOT EXISTS cloudnative.schema_versions (
    name    text PRIMARY KEY,
    version integer NOT NULL
);

-- What waits for the relay, written in transactions of the service. Positions are never used twice, so that removing a row by its
-- position is right however late it happens. delay and enqueued are milliseconds, enqueued since 1970.
CREATE TABLE cloudnative.outbox (
    position      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic         text   NOT NULL,
    source        text   NOT NULL,
    id            text   NOT NULL,
    type          text   NOT NULL,
    subject       text,
    time          text,
    content_type  text,
    data_schema   text,
    partition_key text,
    trace_parent  text,
    trace_state   text,
    extensions    text,
    data          bytea  NOT NULL,
    delay         bigint NOT NULL DEFAULT 0,
    enqueued      bigint NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

-- What could not be read, or is taken by no transport; it waits for a person.
CREATE TABLE cloudnative.outbox_aside (
    position      bigint PRIMARY KEY,
    reason        text   NOT NULL,
    since         bigint NOT NULL,
    topic         text,
    source        text,
    id            text,
    type          text,
    subject       text,
    time          text,
    content_type  text,
    data_schema   text,
    partition_key text,
    trace_parent  text,
    trace_state   text,
    extensions    text,
    data          bytea,
    delay         bigint,
    enqueued      bigint
);

-- How far the relay has come. One row; whose turn it is to move is an advisory lock.
CREATE TABLE cloudnative.outbox_turn (
    moved bigint NOT NULL DEFAULT 0,
    beat  bigint NOT NULL DEFAULT 0
);

INSERT INTO cloudnative.outbox_turn DEFAULT VALUES;
INSERT INTO cloudnative.schema_versions (name, version) VALUES ('outbox', 1);
