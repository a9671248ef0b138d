-- The leases of CloudNative.PostgreSql, version 1. Runs as it stands in a database that has the schema:
--     CREATE SCHEMA cloudnative;
-- For another schema replace "cloudnative." throughout.

CREATE TABLE IF NOT EXISTS cloudnative.schema_versions (
    name    text PRIMARY KEY,
    version integer NOT NULL
);

-- Who holds what until when. A row stays when its lease is released, so that the fencing token only ever grows.
CREATE TABLE cloudnative.leases (
    name    text        PRIMARY KEY,
    holder  text,
    token   bigint      NOT NULL,
    expires timestamptz NOT NULL
) WITH (fillfactor = 50);

-- The one clock that leases end by: the server's.
CREATE FUNCTION cloudnative.lease_time() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp()';

INSERT INTO cloudnative.schema_versions (name, version) VALUES ('leases', 1);
