package dev.windlass.activities.backup;

import dev.windlass.runbooks.config.Database;

/** A small database with one of everything that a restore could get wrong. */
final class SampleSql {
    private SampleSql() {}

    static void load(Database database) {
        String role = "owner_" + database.database();
        PostgresForTests.sql(
                database,
                "CREATE ROLE " + role + " LOGIN PASSWORD 'secret'",
                "CREATE ROLE reader_" + database.database() + " IN ROLE pg_read_all_data",
                "ALTER DATABASE " + database.database() + " SET app.tenant = 'one'",
                "ALTER ROLE " + role + " IN DATABASE " + database.database() + " SET work_mem = '8MB'",
                "CREATE SCHEMA app AUTHORIZATION " + role,
                "CREATE EXTENSION pg_trgm SCHEMA app",
                "CREATE EXTENSION pg_stat_statements SCHEMA app",
                "CREATE TYPE app.mood AS ENUM ('froh', 'traurig')",
                "CREATE TABLE app.users (id serial PRIMARY KEY, name text NOT NULL, mood app.mood, born date, tags text[],"
                        + " profile jsonb, balance numeric(12,2), UNIQUE (name))",
                "CREATE INDEX users_lower ON app.users (lower(name))",
                "INSERT INTO app.users (name, mood, born, tags, profile, balance) SELECT 'Jürgen ' || i, 'froh',"
                        + " DATE '1990-01-01' + i, ARRAY['a', NULL, 'ü' || i], jsonb_build_object('n', i), i / 7.0"
                        + " FROM generate_series(1, 500) i",
                "ALTER TABLE app.users OWNER TO " + role,
                "CREATE TABLE app.orders (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id int REFERENCES app.users,"
                        + " amount numeric CHECK (amount >= 0), double numeric GENERATED ALWAYS AS (amount * 2) STORED)",
                "INSERT INTO app.orders (user_id, amount) SELECT 1 + i % 500, i FROM generate_series(1, 2000) i",
                "ALTER TABLE app.orders ADD CONSTRAINT small CHECK (amount < 100) NOT VALID",
                "ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY own ON app.orders FOR SELECT USING (user_id = 1)",
                "SET search_path = app, pg_catalog; CREATE FUNCTION app.half(i int) RETURNS int LANGUAGE sql IMMUTABLE"
                        + " AS 'SELECT i / 2'; CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN RETURN NEW; END'; CREATE TRIGGER touch BEFORE UPDATE ON app.orders FOR EACH ROW"
                        + " EXECUTE FUNCTION app.touch(); RESET search_path",
                "CREATE TABLE app.files (id int PRIMARY KEY, body bytea)",
                "INSERT INTO app.files SELECT i, decode(repeat(md5(i::text), 200), 'hex') FROM generate_series(1, 50) i",
                "CREATE TABLE app.events (at timestamptz NOT NULL, what json, PRIMARY KEY (at)) PARTITION BY RANGE (at)",
                "CREATE TABLE app.events_2025 PARTITION OF app.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')",
                "CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "INSERT INTO app.events SELECT TIMESTAMPTZ '2025-12-01Z' + i * interval '1 hour', '{ \"a\" : 1 }'"
                        + " FROM generate_series(1, 1500) i",
                "CREATE UNLOGGED TABLE app.settings (key text, value text)",
                "INSERT INTO app.settings VALUES ('a', ''), ('b', NULL)",
                "CREATE VIEW app.rich AS SELECT name FROM app.users WHERE balance > 50",
                "CREATE MATERIALIZED VIEW app.totals AS SELECT user_id, sum(amount) FROM app.orders GROUP BY 1",
                "CREATE MATERIALIZED VIEW app.unfilled AS SELECT 1 AS one WITH NO DATA",
                "CREATE SEQUENCE app.down INCREMENT -1",
                "SELECT nextval('app.down'), nextval('app.down')",
                "SELECT lo_from_bytea(7000, decode(repeat('ab', 5000), 'hex')), lo_from_bytea(7001, '\\x0102'::bytea)");
    }
}
