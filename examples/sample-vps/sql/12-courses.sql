INSERT INTO content.categories SELECT i, CASE WHEN i > 5 THEN 1 + i % 5 END, 'Category ' || i, ARRAY[1 + i % 5, i] FROM generate_series(1, 30) AS i;
INSERT INTO content.courses (id, tenant_id, category_id, author_id, slug, title, summary, level, price, published_at)
SELECT i, 1 + i % 12, 1 + i % 30, 1 + loader.pick(i, 60, :users), 'course-' || i, left(loader.prose(i + 3000000, 1), 80), loader.prose(i + 3100000, 3),
  (enum_range(NULL::content.difficulty))[1 + i % 3], 19.90 + i % 200, loader.moment(i, 61) FROM generate_series(1, :courses) AS i;
INSERT INTO content.course_versions SELECT i, 1 + i % :courses, 1 + i / :courses, loader.prose(i + 3200000, 2) FROM generate_series(0, :courses * 3 - 1) AS i;
UPDATE content.courses SET current_version_id = id - 1;
INSERT INTO content.modules SELECT i, 1 + i % :courses, i / :courses, 'Module ' || i FROM generate_series(0, :courses * 4 - 1) AS i;
INSERT INTO content.lessons SELECT i, i % (:courses * 4), left(loader.prose(i + 4000000, 1), 60), loader.prose(i + 5000000, 10 + loader.pick(i, 62, 40)), int4multirange(int4range(0, 10), int4range(20, 25 + i % 9))
FROM generate_series(1, :courses * 16) AS i;
INSERT INTO content.attachments SELECT i, 1 + i % (:courses * 16), 'slides-' || i || '.pdf', 'application/pdf', bytes, sha256(bytes)
FROM (SELECT i, loader.noise(i, 20000 + loader.pick(i, 63, 60000)::int) AS bytes FROM generate_series(1, :courses * 2) AS i) AS made;
INSERT INTO content.media SELECT i, 1 + i % (:courses * 16), 'clip-' || i || '.mp4', lo_from_bytea((500000 + i)::oid, loader.noise(i + 900000, :clip)) FROM generate_series(1, 60) AS i;
INSERT INTO content.tags SELECT i, 'Tag-' || i FROM generate_series(1, 80) AS i;
INSERT INTO content.course_tags SELECT i, 1 + (i * 3 + k) % 80 FROM generate_series(1, :courses) AS i, generate_series(1, 3) AS k;
INSERT INTO content.quizzes SELECT i, 1 + i % (:courses * 16), 'Quiz ' || i, 60.0 FROM generate_series(1, :courses * 4) AS i;
INSERT INTO content.questions SELECT i, 1 + i % (:courses * 4), 'choice', loader.prose(i + 6000000, 1), jsonb_build_array(loader.prose(i + 6100000, 1), loader.prose(i + 6200000, 1), i)
FROM generate_series(1, :courses * 16) AS i;
INSERT INTO app.enrollments (user_id, course_id, enrolled_at, completed_at, score, access)
SELECT 1 + loader.pick(i, 64, :users), 1 + loader.pick(i, 65, :courses), loader.moment(i, 66), CASE WHEN i % 3 = 0 THEN loader.moment(i, 66) + interval '40 days' END,
  CASE WHEN i % 97 = 0 THEN 'NaN' WHEN i % 3 = 0 THEN loader.pick(i, 67, 10001) / 100.0 END, tstzrange(loader.moment(i, 66), CASE WHEN i % 5 = 0 THEN NULL ELSE loader.moment(i, 66) + interval '1 year' END)
FROM generate_series(1, :users * 3) AS i;
INSERT INTO app.progress SELECT 1 + i % (:users * 3), 1 + i / (:users * 3), loader.pick(i, 68, 3600), CASE WHEN i % 1000 = 0 THEN 'Infinity' ELSE loader.pick(i, 69, 1000) / 10.0 END, i % 4 > 0, loader.moment(i, 70)
FROM generate_series(0, :users * 12 - 1) AS i;
INSERT INTO content.answers SELECT i, 1 + loader.pick(i, 71, :courses * 16), 1 + loader.pick(i, 72, :users * 3), ARRAY[loader.pick(i, 73, 4)], i % 3 > 0, loader.moment(i, 74) FROM generate_series(1, :users * 5) AS i;
INSERT INTO content.translations SELECT language, 'key.' || i, wording || ' ' || i FROM generate_series(1, 120) AS i,
  (VALUES ('el', 'Καλώς ήρθατε'), ('ar', 'مرحبا بكم'), ('zh', '欢迎学习'), ('it', 'Benvenuti'), ('xx', '🎉👩🏽‍🏫')) AS t (language, wording);
INSERT INTO content."Certificate Templates" SELECT i, 'Diploma ' || i, xmlparse(DOCUMENT '<diploma n="' || i || '"><title>Πτυχίο &amp; more</title></diploma>') FROM generate_series(1, 20) AS i;
INSERT INTO content.campuses SELECT i, 'Campus ' || i, point(i * 1.5, -i / 3.0), circle(point(i, i), 2) FROM generate_series(1, 15) AS i;
