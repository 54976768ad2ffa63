-- Roles belong to the cluster: a second database in it finds them. The password comes from the environment, never from argv.
\getenv app_password SAMPLE_APP_PASSWORD
SELECT format('CREATE ROLE %I %s', name, attributes)
FROM (VALUES ('app_owner', 'NOLOGIN'), ('app_rw', 'LOGIN CONNECTION LIMIT 40'), ('app_ro', 'LOGIN CONNECTION LIMIT 10'),
             ('support_agents', 'NOLOGIN')) AS wanted (name, attributes)
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE app_rw PASSWORD :'app_password';
ALTER ROLE app_ro PASSWORD :'app_password';
ALTER ROLE app_ro SET default_transaction_read_only = on;
GRANT support_agents TO app_rw;
COMMENT ON ROLE app_owner IS 'owns every object of the e-learning product';

CREATE EXTENSION pgcrypto;
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE EXTENSION btree_gist;
CREATE EXTENSION hstore;
CREATE EXTENSION pg_stat_statements;

CREATE SCHEMA app AUTHORIZATION app_owner;
CREATE SCHEMA billing AUTHORIZATION app_owner;
CREATE SCHEMA content AUTHORIZATION app_owner;
CREATE SCHEMA analytics AUTHORIZATION app_owner;
CREATE SCHEMA audit AUTHORIZATION app_owner;
CREATE SCHEMA "Support Desk" AUTHORIZATION app_owner;
COMMENT ON SCHEMA audit IS 'append only; kept for ten years';

CREATE TYPE app.account_state AS ENUM ('invited', 'active', 'suspended', 'closed');
CREATE TYPE content.difficulty AS ENUM ('beginner', 'intermediate', 'advanced');
CREATE TYPE billing.payment_state AS ENUM ('pending', 'paid', 'failed', 'refunded');
CREATE TYPE app.postal_address AS (street text, city text, postcode text, country char(2));
CREATE DOMAIN app.email AS citext CHECK (VALUE ~ '^[^@[:space:]]+@[^@[:space:]]+$');
CREATE DOMAIN billing.money_amount AS numeric(12, 2) CHECK (VALUE > -1000000000);
CREATE DOMAIN content.slug AS text CHECK (VALUE ~ '^[a-z0-9-]+$');

-- Not owned by a column: numbers that the application draws itself.
CREATE SEQUENCE billing.invoice_number START 100000 INCREMENT 1 CACHE 10;
CREATE SEQUENCE "Support Desk"."Ticket Number" START 5000 INCREMENT 7;
