-- The inbox of CloudNative.PostgreSql, version 1. Runs as it stands in a database that has the schema:
--     CREATE SCHEMA cloudnative;
-- For another schema replace "cloudnative." throughout.

CREATE TABLE IF NOT EXISTS cloudnative.schema_versions (
    name    text PRIMARY KEY,
    version integer NOT NULL
);

-- Which group has handled which event, written in the transaction of its effect. claimed is Unix milliseconds.
CREATE TABLE cloudnative.inbox (
    position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    consumer text   NOT NULL,
    source   text   NOT NULL,
    id       text   NOT NULL,
    claimed  bigint NOT NULL,
    UNIQUE (id, source, consumer)
);

INSERT INTO cloudnative.schema_versions (name, version) VALUES ('inbox', 1);
