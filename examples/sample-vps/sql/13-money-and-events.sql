INSERT INTO billing.plans VALUES (1, 'Free', 0), (2, 'Plus', 9.90), (3, 'Team', 49), (4, 'Campus', 990);
INSERT INTO billing.prices SELECT p, daterange(date '2024-01-01' + y * 365, date '2024-01-01' + (y + 1) * 365), p * 10 + y FROM generate_series(1, 4) AS p, generate_series(0, 3) AS y;
INSERT INTO billing.subscriptions SELECT i, i, 1 + i % 4, loader.moment(i, 80), CASE WHEN i % 3 = 0 THEN 'infinity' ELSE loader.moment(i, 80) + interval '1 year' END FROM generate_series(1, :users) AS i;
INSERT INTO billing.invoices (id, subscription_id, issued_on, total) SELECT i, 1 + i % :users, date '2025-11-01' + (i % 365)::int, 9.90 * (1 + i % 5) FROM generate_series(1, :users * 2) AS i;
INSERT INTO billing.invoice_lines SELECT i, k, 'Plan and seats, position ' || k, 1 + (i + k) % 5, 9.90 FROM generate_series(1, :users * 2) AS i, generate_series(1, 2) AS k;
INSERT INTO billing.payments SELECT i, loader.moment(i, 81), 1 + i % (:users * 2), (enum_range(NULL::billing.payment_state))[1 + i % 4], 9.90 + i % 90,
  jsonb_build_object('provider', 'sepa', 'reference', md5('pay' || i), 'fee', 0.25) FROM generate_series(1, :users * 2) AS i;
INSERT INTO billing.payments VALUES (:users * 2 + 1, '2031-01-01', 1, 'pending', 0, NULL);
INSERT INTO billing.refunds SELECT id, id, paid_at, loader.prose(id + 7000000, 1) FROM billing.payments WHERE state = 'refunded' AND id % 10 = 3;
INSERT INTO billing.coupons SELECT 'WELCOME-' || i, i % 60, daterange('2026-01-01', NULL), i * 3 FROM generate_series(1, 50) AS i;
INSERT INTO billing.tax_rates VALUES ('IT', '2013-10-01', 22), ('GR', '2016-06-01', 24), ('DE', '-infinity', 19), ('LU', '2024-01-01', 17);
INSERT INTO billing.exchange_rates SELECT date '2026-01-01' + d, c, CASE WHEN d % 30 = 0 THEN 'NaN' ELSE 1 + loader.pick(d, 82, 1000) / 3000.0 END, CASE WHEN d % 31 = 0 THEN '-Infinity' ELSE loader.pick(d, 97, 1000) / 1e5 END
FROM generate_series(0, 299) AS d, unnest(ARRAY['USD', 'CNY']) AS c;

INSERT INTO analytics.events SELECT i, loader.moment(i, 83), loader.name(i, 84, 'view view view scroll quiz click search'), 1 + loader.pick(i, 85, :users), md5('session' || i / 9)::uuid,
  jsonb_build_object('path', '/courses/' || loader.pick(i, 86, :courses) || '/lessons/' || loader.pick(i, 87, 400), 'ms', loader.pick(i, 88, 90000),
    'referrer', loader.name(i, 89, 'https://www.example.com/search https://mail.example.org direct https://forum.example.net/t/4711'), 'ab', i % 3, 'agent', 'Chrome/' || 120 + loader.pick(i, 90, 30))
FROM generate_series(1, :events) AS i;
INSERT INTO analytics.events VALUES (:events + 1, '2020-01-01', 'view', NULL, NULL, '{}');
INSERT INTO analytics.daily_totals SELECT date '2025-11-01' + d, m, loader.pick(d, 91, 100000) / 7.0 FROM generate_series(0, 364) AS d, unnest(ARRAY['visits', 'sales']) AS m;
INSERT INTO analytics.searches SELECT i, left(loader.prose(i + 8000000, 1), 40), json_build_object('level', i % 3, 'free', i % 2 = 0), loader.pick(i, 92, 500) FROM generate_series(1, :users / 2) AS i;
INSERT INTO analytics.experiments VALUES ('button', '{{"red","blue"},{"a",NULL}}', '2026-01-01', 'infinity');
INSERT INTO audit.log SELECT i, loader.moment(i, 93), 1 + loader.pick(i, 94, :users), loader.name(i, 95, 'update insert delete login'), 'app.users/' || loader.pick(i, 96, :users),
  jsonb_build_object('state', 'active', 'ip', '10.0.0.' || i % 255), CASE WHEN i % 3 = 0 THEN jsonb_build_object('state', 'closed') END, loader.prose(i + 9000000, 1)
FROM generate_series(1, :events / 4) AS i;
INSERT INTO audit.access_reviews SELECT i, date '2026-01-01' + i, loader.prose(i + 9900000, 4), loader.noise(i + 5, 400) FROM generate_series(1, 12) AS i;
