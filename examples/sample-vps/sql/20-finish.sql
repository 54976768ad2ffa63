DROP SCHEMA loader CASCADE;
SELECT setval('app.users_id_seq', max(id)) FROM app.users \g /dev/null
SELECT setval('content.courses_id_seq', max(id)) FROM content.courses \g /dev/null

ALTER TABLE app.users ADD UNIQUE (tenant_id, email), ADD FOREIGN KEY (tenant_id) REFERENCES app.tenants, ADD FOREIGN KEY (invited_by) REFERENCES app.users;
-- Two tables that point at each other.
ALTER TABLE app.teams ADD FOREIGN KEY (owner_id) REFERENCES app.users DEFERRABLE INITIALLY DEFERRED, ADD FOREIGN KEY (tenant_id) REFERENCES app.tenants;
ALTER TABLE app.users ADD FOREIGN KEY (primary_team_id) REFERENCES app.teams DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE content.course_versions ADD FOREIGN KEY (course_id) REFERENCES content.courses;
ALTER TABLE content.courses ADD FOREIGN KEY (current_version_id) REFERENCES content.course_versions, ADD FOREIGN KEY (category_id) REFERENCES content.categories, ADD FOREIGN KEY (author_id) REFERENCES app.users;
ALTER TABLE content.categories ADD FOREIGN KEY (parent_id) REFERENCES content.categories ON DELETE SET NULL;
ALTER TABLE content.modules ADD FOREIGN KEY (course_id) REFERENCES content.courses ON DELETE CASCADE;
ALTER TABLE content.lessons ADD FOREIGN KEY (module_id) REFERENCES content.modules;
ALTER TABLE content.attachments ADD FOREIGN KEY (lesson_id) REFERENCES content.lessons;
ALTER TABLE content.media ADD FOREIGN KEY (lesson_id) REFERENCES content.lessons;
ALTER TABLE app.profiles ADD FOREIGN KEY (user_id) REFERENCES app.users;
ALTER TABLE app.enrollments ADD FOREIGN KEY (user_id) REFERENCES app.users, ADD FOREIGN KEY (course_id) REFERENCES content.courses;
ALTER TABLE app.progress ADD FOREIGN KEY (enrollment_id) REFERENCES app.enrollments;
ALTER TABLE billing.invoices ADD FOREIGN KEY (subscription_id) REFERENCES billing.subscriptions;
ALTER TABLE billing.payments ADD FOREIGN KEY (invoice_id) REFERENCES billing.invoices;
ALTER TABLE billing.refunds ADD FOREIGN KEY (payment_id, paid_at) REFERENCES billing.payments (id, paid_at);
ALTER TABLE "Support Desk"."Messages" ADD FOREIGN KEY (ticket) REFERENCES "Support Desk"."Tickets" ("Id");
-- Old rows break it, new ones may not: it has to come back as NOT VALID.
ALTER TABLE app.profiles ADD CONSTRAINT adults_only CHECK (birth_date < date '2005-01-01') NOT VALID;

CREATE INDEX ON analytics.events (user_id, occurred_at);
CREATE INDEX ON analytics.events USING brin (occurred_at);
CREATE INDEX ON audit.log (actor);
CREATE INDEX ON content.courses USING gin (search);
CREATE INDEX ON app.users USING gin (last_name gin_trgm_ops);
CREATE INDEX ON app.users (lower(last_name)) WHERE deleted_at IS NULL;
CREATE INDEX ON app.profiles USING gin (preferences jsonb_path_ops);
CREATE INDEX ON app.enrollments (user_id) INCLUDE (course_id);
CREATE STATISTICS app.enrollment_pairs (dependencies) ON user_id, course_id FROM app.enrollments;

CREATE FUNCTION audit.note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO audit.log (id, at, actor, action, object, after) VALUES (NEW.id, clock_timestamp(), NEW.id, 'state', 'app.users/' || NEW.id, to_jsonb(NEW.state));
  RETURN NEW;
END $$;
CREATE TRIGGER note_state AFTER UPDATE OF state ON app.users FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION audit.note_change();
CREATE FUNCTION app.enrolled(course int) RETURNS bigint LANGUAGE sql STABLE RETURN (SELECT count(*) FROM app.enrollments WHERE course_id = course);
CREATE PROCEDURE app.close_account(account bigint) LANGUAGE sql BEGIN ATOMIC UPDATE app.users SET state = 'closed' WHERE id = account; END;
CREATE AGGREGATE app.product(numeric) (sfunc = numeric_mul, stype = numeric, initcond = '1');

CREATE VIEW app.active_users WITH (security_barrier) AS SELECT id, full_name, email FROM app.users WHERE state = 'active' AND deleted_at IS NULL;
CREATE VIEW analytics.learners AS SELECT u.id, u.full_name, count(*) AS courses FROM app.active_users u JOIN app.enrollments e ON e.user_id = u.id GROUP BY 1, 2;
CREATE MATERIALIZED VIEW analytics.course_popularity AS
SELECT c.id, c.title, count(e.id) AS learners, avg(nullif(e.score, 'NaN')) AS average FROM content.courses c LEFT JOIN app.enrollments e ON e.course_id = c.id GROUP BY c.id;
CREATE UNIQUE INDEX ON analytics.course_popularity (id);

ALTER TABLE "Support Desk"."Tickets" ENABLE ROW LEVEL SECURITY;
CREATE POLICY agents_see_all ON "Support Desk"."Tickets" TO support_agents USING (true);
CREATE POLICY own_tickets ON "Support Desk"."Tickets" FOR SELECT TO app_ro USING ("User" = current_setting('app.user', true)::bigint);

-- Extension members stay with the superuser; everything of the product belongs to its owner role.
SELECT format('ALTER %s %s OWNER TO app_owner', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass)
FROM pg_class c WHERE c.relnamespace::regnamespace::text IN ('app', 'billing', 'content', 'analytics', 'audit', '"Support Desk"') AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i') AND c.relkind = 'S') \gexec
GRANT USAGE ON SCHEMA app, billing, content, analytics, audit, "Support Desk" TO app_rw, app_ro;
GRANT SELECT ON ALL TABLES IN SCHEMA app, billing, content, analytics, "Support Desk" TO app_ro;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app, billing, content, analytics, "Support Desk" TO app_rw;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA app, billing, content, "Support Desk" TO app_rw;
REVOKE SELECT ON app.users FROM app_ro;
GRANT SELECT (id, tenant_id, full_name, state) ON app.users TO app_ro;
GRANT INSERT ON audit.log TO app_rw;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA app GRANT SELECT ON TABLES TO app_ro;
SELECT format('GRANT SELECT ON LARGE OBJECT %s TO app_ro', content) FROM content.media WHERE id <= 5 \gexec
SELECT format('ALTER DATABASE %I SET %s', current_database(), setting)
FROM unnest(ARRAY['timezone = ''Europe/Athens''', 'statement_timeout = ''5min''', 'search_path = app, content, public']) AS setting \gexec
SELECT format('COMMENT ON DATABASE %I IS ''sample: an e-learning product''', current_database()) \gexec
SELECT format('ALTER ROLE app_ro IN DATABASE %I SET work_mem = ''16MB''', current_database()) \gexec
ANALYZE;
