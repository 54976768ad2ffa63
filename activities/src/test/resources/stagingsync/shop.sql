CREATE EXTENSION citext SCHEMA public;
CREATE SCHEMA app;
CREATE DOMAIN app.postcode AS text CHECK (VALUE ~ '^[0-9]{5}$');
CREATE TYPE app.role AS ENUM ('student', 'teacher', 'admin');
CREATE TABLE app.users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    email public.citext NOT NULL UNIQUE,
    phone text UNIQUE,
    first_name text NOT NULL,
    last_name text NOT NULL,
    full_name text GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
    street varchar(80),
    postcode app.postcode,
    iban text,
    card text,
    last_ip inet,
    homepage text,
    born date,
    seen_at timestamptz(0),
    about text,
    income numeric(10,2) CHECK (income >= 0),
    level smallint,
    role app.role NOT NULL DEFAULT 'student',
    tags text[],
    addresses public.citext[],
    settings jsonb NOT NULL DEFAULT '{}',
    photo bytea,
    password char(32),
    manager_id bigint REFERENCES app.users (id),
    CONSTRAINT grown CHECK (born < seen_at::date)
);
CREATE TABLE app.payments (
    id serial PRIMARY KEY,
    payer public.citext REFERENCES app.users (email),
    user_ref uuid REFERENCES app.users (public_id),
    amount numeric(10,2) NOT NULL
);
CREATE TABLE app.events (
    at date NOT NULL,
    id bigint NOT NULL,
    ip text,
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
CREATE TABLE app.events_2025 PARTITION OF app.events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE UNIQUE INDEX users_lower ON app.users (lower(phone)) WHERE phone <> '';
INSERT INTO app.users (email, phone, first_name, last_name, street, postcode, iban, card, last_ip, homepage, born, seen_at, about, income, level,
    tags, addresses, settings, photo, password)
SELECT 'real' || n || '@mail.example.org', '+4179' || lpad(n::text, 7, '0'), 'Real' || n, 'Person' || n, n || ' Real Street', '8' || lpad(n::text, 4, '0'),
    'DE' || n, '4' || lpad(n::text, 15, '0'), ('10.1.' || n % 250 || '.' || n % 200)::inet, 'https://real' || n || '.example.org/', date '1980-05-17' + n::int % 5000,
    timestamptz '2026-05-05 10:11:12+00' + n * interval '1 minute', 'I am real' || n || '@mail.example.org', 1000 + n, n % 5,
    ARRAY['real' || n, NULL, 'b'], ARRAY['REAL' || n || '@mail.example.org']::public.citext[],
    jsonb_build_object('theme', 'dark', 'secret', 'real' || n, 'contact', jsonb_build_object('country', 'CH', 'email', 'real' || n || '@mail.example.org'),
        'flags', '[true, 1, "x"]'::jsonb, 'deep', '[[{"email": "real@mail.example.org"}]]'::jsonb, 'none', NULL),
    convert_to('real' || n, 'UTF8'), md5(n::text)
FROM generate_series(1, 2000) n;
INSERT INTO app.users (email, first_name, last_name) VALUES ('Ana@Example.com', 'Ana', 'Team');
INSERT INTO app.payments (payer, user_ref, amount) SELECT upper(email::text), public_id, 9.90 FROM app.users;
INSERT INTO app.events SELECT date '2025-11-01' + n % 120, n, CASE WHEN n % 2 = 0 THEN '10.0.0.' || n ELSE 'fd00::' || n END FROM generate_series(1, 200) n;
