INSERT INTO app.tenants SELECT i, 'Academy ' || i, 'academy-' || i, hstore(ARRAY['colour', 'theme'], ARRAY['#' || lpad(to_hex(i * 77), 6, '0'), 'dark']), loader.moment(i, 20)
FROM generate_series(1, 12) AS i;

INSERT INTO app.users (id, tenant_id, email, first_name, last_name, password_hash, state, address, invited_by, locale, last_ip, created_at, deleted_at)
SELECT i, 1 + loader.pick(i, 21, 12), lower('user' || i || '@' || loader.name(i, 22, 'example.com example.org mail.example.net')), loader.name(i, 23,
    'Μαρία Γιώργος Ελένη محمد فاطمة 伟 芳 Anna José Zoë Łukasz Søren Olga Иван Aoife Noël Björk Ngọc Sofia Marco Giulia Luca 💡Dev'),
  loader.name(i, 24, 'Παπαδοπούλου Οικονόμου الأحمد العلي 王 李 Müller Rossi García Nowak Ångström O''Neill D''Angelo Smith Çelik Петров') || CASE WHEN i % 7 = 0 THEN '-' || i ELSE '' END,
  '$argon2id$' || encode(digest('p' || i, 'sha256'), 'base64'), (enum_range(NULL::app.account_state))[1 + loader.pick(i, 25, 4)],
  CASE WHEN i % 3 > 0 THEN ROW(loader.pick(i, 26, 300) || ' Main "St", 1', 'Αθήνα', lpad(loader.pick(i, 27, 99999)::text, 5, '0'), 'GR')::app.postal_address END,
  CASE WHEN i > 10 THEN 1 + loader.pick(i, 28, 10) END, loader.name(i, 29, 'en el ar zh it de'), ('10.' || loader.pick(i, 30, 255) || '.7.' || i % 255)::inet,
  loader.moment(i, 31), CASE WHEN i % 50 = 0 THEN timestamptz 'infinity' END
FROM generate_series(1, :users) AS i;

INSERT INTO app.profiles SELECT i, loader.prose(i, 1 + loader.pick(i, 32, 4)), ARRAY[loader.name(i, 33, 'finance design code'), NULL, 'a,"b"'],
  jsonb_build_object('theme', loader.name(i, 34, 'dark light'), 'mail', i % 2 = 0, 'tags', jsonb_build_array(i, NULL, 'ü'), 'zoom', 1.50),
  CASE WHEN i % 20 = 0 THEN loader.noise(i, 1500) END, date '1960-01-01' + loader.pick(i, 35, 18000)::int, '+99' || lpad(i::text, 9, '0')
FROM generate_series(1, :users) AS i;
INSERT INTO app.user_devices SELECT md5('device' || i)::uuid, 1 + i % :users, ('08:00:2b:' || substr(md5(i::text), 1, 2) || ':01:02')::macaddr,
  'Mozilla/5.0 (X11; Linux x86_64) rv:' || loader.pick(i, 36, 140), loader.moment(i, 37) FROM generate_series(1, :users) AS i;
INSERT INTO app.sessions SELECT md5('session' || i)::uuid, i, jsonb_build_object('csrf', md5('c' || i)), loader.moment(i, 38) FROM generate_series(1, :users / 4) AS i;
INSERT INTO app.roles VALUES (1, 'student', B'0000000000000001'), (2, 'teacher', B'0000000000001111'), (3, 'admin', B'1111111111111111');
INSERT INTO app.user_roles SELECT i, 1 + (i % 3)::smallint, loader.moment(i, 39) FROM generate_series(1, :users) AS i;
INSERT INTO app.teams (tenant_id, owner_id, name) SELECT 1 + i % 12, 1 + loader.pick(i, 40, :users), 'Team ' || i FROM generate_series(1, 40) AS i;
UPDATE app.users SET primary_team_id = 1 + id % 40 WHERE id % 2 = 0 AND id <= 1000;
INSERT INTO app.team_members SELECT 1 + i % 40, i, date '2026-01-01' + (i % 300)::int FROM generate_series(1, :users / 2) AS i;
INSERT INTO app.api_keys SELECT md5('key' || i)::uuid, 1 + i % 12, digest('k' || i, 'sha256'), ARRAY['read', 'write'], i * interval '90 seconds', CASE WHEN i = 3 THEN '-infinity'::timestamptz END
FROM generate_series(1, 30) AS i;
INSERT INTO app.feature_flags SELECT 'flag_' || i, i % 2 = 0, CASE WHEN i % 3 = 0 THEN '{"percent": 20}'::jsonb END FROM generate_series(1, 25) AS i;
INSERT INTO app.invitations (tenant_id, email, expires_at) SELECT 1 + i % 12, 'guest' || i || '@example.org', loader.moment(i, 41) FROM generate_series(1, :users / 40) AS i;
INSERT INTO app.notifications (user_id, channel, subject, body, payload, sent_at) SELECT 1 + loader.pick(i, 42, :users), loader.name(i, 43, 'mail push sms'), 'New lesson ' || i,
  loader.prose(i + 1000000, 1 + loader.pick(i, 44, 3)), json_build_object('lesson', i, 'url', 'https://example.com/l/' || md5(i::text)), loader.moment(i, 45)
FROM generate_series(1, :users * 4) AS i;

INSERT INTO "Support Desk"."Tickets" SELECT nextval('"Support Desk"."Ticket Number"'), 1 + loader.pick(i, 46, :users), 'Problem № ' || i, i % 4 = 0, loader.moment(i, 47) FROM generate_series(1, greatest(10, :users / 4)) AS i;
INSERT INTO "Support Desk"."Messages" (ticket, author, body, sent_at) SELECT 5000 + 7 * (i % greatest(10, :users / 4)), 1 + loader.pick(i, 48, :users), loader.prose(i + 2000000, 2 + loader.pick(i, 49, 8)), loader.moment(i, 50)
FROM generate_series(1, :users * 3) AS i;
INSERT INTO public."Odd ""Name"" with Space; -- é" SELECT i, E'tab\there\nline \\ back', 'NaN' FROM generate_series(1, 5) AS i;
INSERT INTO public._prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
SELECT md5('m' || i)::uuid, encode(sha256(('m' || i)::bytea), 'hex'), loader.moment(i, 51), '2026010' || i || '_step', loader.moment(i, 51), 1 FROM generate_series(1, 9) AS i;
