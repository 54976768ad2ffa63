-- Makes prose that compresses about like real text: sentences drawn word by word with real frequencies, then a pool of them,
-- larger than a compressor's window, from which paragraphs are put together. Everything follows from row numbers: each load is equal.
CREATE SCHEMA loader;
CREATE FUNCTION loader.pick(i bigint, salt bigint, n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (hashint8extended(i, salt) & 9223372036854775807) % n;
CREATE FUNCTION loader.moment(i bigint, salt bigint) RETURNS timestamptz LANGUAGE sql STABLE
  RETURN timestamptz '2025-11-01 00:00:00+00' + loader.pick(i, salt, 31536000000) * interval '1 millisecond';

CREATE TABLE loader.words AS
WITH stems (word, endings, weight) AS (
  SELECT unnest(string_to_array('the of and to a in is that for it as with on be by at this from or an are was not you your we can which will their has', ' ')), '{""}'::text[], 60
  UNION ALL SELECT unnest(string_to_array('course lesson student teacher module question answer chapter example exercise result chart table market price bank loan budget account portfolio company report theory number value practice deadline group project forum message video slide document certificate subject method model risk return share bond rate inflation income tax profit cost balance statement asset equity goal plan week month year hour page link file library concept skill career manager client country language history culture region city school university degree topic review comment idea problem solution step rule law contract policy insurance pension interest credit cash payment invoice discount index fund dividend forecast trend sample survey average ratio formula variable function graph curve slope level class track mentor coach session webinar recording transcript caption summary glossary footnote reference source author editor reader', ' ')), '{"","s","''s"}', 2
  UNION ALL SELECT unnest(string_to_array('learn explain show compare measure review discuss present answer start finish open record edit publish remember practise watch listen read collect invest report submit grade pass fail attend join follow support design build test check count plan track expect need want help work turn return look talk offer allow consider suggest develop connect contain highlight question repeat reflect connect transform', ' ')), '{"","s","ed","ing"}', 2
  UNION ALL SELECT unnest(string_to_array('simple clear short long final weekly monthly annual common practical financial digital personal social global local early late quick slow strong weak high low careful useful regular formal direct current recent important different similar real free complete partial typical', ' ')), '{"","ly"}', 2
  UNION ALL SELECT unnest(string_to_array('Athens Napoli São-Paulo Zürich Kraków Łódź naïve café résumé €250 12% 3.5 2026 Δx π≈3.14 “quote” — … μάθημα ερώτηση درس سؤال 课程 学习 🎓 👍 урок', ' ')), '{""}', 2
)
SELECT (row_number() OVER (ORDER BY hashtextextended(word || ending, 5), n) - 1)::int AS id, word || ending AS word
FROM stems, unnest(endings) AS ending, generate_series(1, weight) AS n;
SELECT count(*) AS words FROM loader.words \gset

CREATE TABLE loader.sentences AS
SELECT s AS id, upper(left(line, 1)) || substr(line, 2) || (ARRAY['.', '.', '.', '?', '!', ';'])[1 + loader.pick(s, 3, 6)] AS line
FROM (SELECT s, string_agg(word, ' ' ORDER BY k) AS line
      FROM generate_series(0, :sentences - 1) AS s, generate_series(1, 7 + loader.pick(s, 1, 14)) AS k, loader.words
      WHERE words.id = loader.pick(s * 32 + k, 2, :words) GROUP BY s) AS drawn;
ALTER TABLE loader.sentences ADD PRIMARY KEY (id);
ANALYZE loader.sentences;

CREATE FUNCTION loader.prose(seed bigint, n bigint) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE result text := ''; piece text;
BEGIN
  FOR k IN 1..n LOOP
    SELECT line INTO piece FROM loader.sentences WHERE id = loader.pick(seed * 64 + k, 11, current_setting('loader.sentences')::bigint);
    result := result || CASE WHEN k = 1 THEN '' WHEN k % 5 = 0 THEN E'\n\n' ELSE ' ' END || piece;
  END LOOP;
  RETURN result;
END $$;

-- Bytes that do not compress, like those of a picture or a zip.
CREATE FUNCTION loader.noise(seed bigint, length int) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT substr(string_agg(sha512((seed || '/' || k)::text::bytea), ''::bytea ORDER BY k), 1, length) FROM generate_series(1, length / 64 + 1) AS k
$$;
CREATE FUNCTION loader.name(i bigint, salt bigint, names text) RETURNS text LANGUAGE sql IMMUTABLE
  RETURN (string_to_array(names, ' '))[1 + loader.pick(i, salt, array_length(string_to_array(names, ' '), 1))];
