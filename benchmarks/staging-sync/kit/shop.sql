-- People and what they did, at :scale × 3 million rows. Values have the form of real ones and lie in name spaces that are
-- nobody's, so that the pipe without a mask passes the same look at every row. Addresses come in no order, as people do: rows that
-- come in the order of an index make it cheaper, and for the copies without masks alone.
CREATE EXTENSION citext;
CREATE DOMAIN postcode AS text CHECK (VALUE ~ '^[0-9]{5}$');
CREATE TYPE state AS ENUM ('open', 'paid', 'refunded');
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    email citext NOT NULL UNIQUE,
    phone text UNIQUE,
    first_name text NOT NULL,
    last_name text NOT NULL,
    full_name text GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
    street text,
    postcode postcode,
    born date,
    last_ip inet,
    password text,
    referred_by bigint REFERENCES users (id)
);
CREATE TABLE profiles (
    user_id bigint PRIMARY KEY REFERENCES users (id),
    iban text,
    about text,
    tags text[],
    settings jsonb NOT NULL
);
CREATE TABLE enrolments (
    id bigserial PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES users (id),
    course int NOT NULL,
    progress numeric(5, 2),
    begun timestamptz NOT NULL
);
CREATE TABLE payments (
    id bigserial PRIMARY KEY,
    payer citext NOT NULL REFERENCES users (email),
    amount numeric(10, 2) NOT NULL,
    card text,
    state state NOT NULL,
    at timestamptz NOT NULL
);
CREATE TABLE messages (
    id bigserial PRIMARY KEY,
    sender bigint NOT NULL REFERENCES users (id),
    body text NOT NULL,
    meta jsonb
);
CREATE TABLE visits (
    at date NOT NULL,
    id bigint NOT NULL,
    user_id bigint,
    ip text,
    agent text,
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE TABLE visits_2 PARTITION OF visits FOR VALUES FROM ('2026-07-01') TO ('2027-01-01');

INSERT INTO users (email, phone, first_name, last_name, street, postcode, born, last_ip, password, referred_by)
SELECT substr(md5(n::text), 1, 10) || '.' || n || '@example.test', '+999' || lpad(n::text, 12, '0'), 'Given' || n % 3000, 'Family' || n % 20000, n % 400 || ' Long Street',
    lpad((n % 99999)::text, 5, '0'), date '1950-01-01' + (n * 37 % 20000)::int, ('192.0.2.' || n % 250)::inet, md5(n::text) || md5((n + 1)::text),
    CASE WHEN n > 100 THEN 1 + n % 100 END
FROM generate_series(1, (250000 * :scale)::bigint) n;
INSERT INTO profiles
SELECT id, 'FR7600000' || lpad(id::text, 18, '0'), 'Person ' || id || ' likes long walks and short books, and writes to ' || email || ' now and then.',
    ARRAY['tag' || id % 50, 'group' || id % 700],
    jsonb_build_object('theme', 'dark', 'newsletter', true, 'contact', jsonb_build_object('email', email, 'country', 'CH'), 'seen', id)
FROM users;
INSERT INTO enrolments (user_id, course, progress, begun)
SELECT 1 + n % (250000 * :scale)::bigint, n % 120, n % 100, timestamptz '2026-01-01 00:00:00+00' + n * interval '17 seconds'
FROM generate_series(1, (600000 * :scale)::bigint) n;
INSERT INTO payments (payer, amount, card, state, at)
SELECT email, 5 + n % 90, '9999' || lpad(n::text, 12, '0'), (ARRAY['open', 'paid', 'refunded'])[1 + n % 3]::state,
    timestamptz '2026-01-01 00:00:00+00' + n * interval '31 seconds'
FROM generate_series(1, (500000 * :scale)::bigint) n JOIN users ON id = 1 + n % (250000 * :scale)::bigint;
INSERT INTO messages (sender, body, meta)
SELECT 1 + n % (250000 * :scale)::bigint, repeat('Words of a message that somebody has written. ', 2 + (n % 9)::int) || n,
    jsonb_build_object('client', 'web', 'address', '192.0.2.' || n % 250, 'read', n % 2 = 0)
FROM generate_series(1, (900000 * :scale)::bigint) n;
INSERT INTO visits
SELECT date '2026-01-01' + (n % 364)::int, n, 1 + n % (250000 * :scale)::bigint, '192.0.2.' || n % 250, 'Mozilla/5.0 (X11; Linux x86_64) a browser of the kind ' || n % 40 || ' with some words more about itself'
FROM generate_series(1, (500000 * :scale)::bigint) n;
CREATE INDEX ON enrolments (user_id, course);
CREATE INDEX ON payments (payer);
CREATE INDEX ON messages (sender);
CREATE INDEX ON users (lower(last_name));
CREATE MATERIALIZED VIEW turnover AS SELECT payer, sum(amount) AS total FROM payments GROUP BY payer;
CREATE UNIQUE INDEX ON turnover (payer);
VACUUM ANALYZE;
