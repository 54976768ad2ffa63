CREATE TABLE billing.plans (id int PRIMARY KEY, name text UNIQUE NOT NULL, monthly billing.money_amount NOT NULL);
-- Two prices of one plan never hold on the same day.
CREATE TABLE billing.prices (plan_id int, during daterange, amount billing.money_amount NOT NULL,
  CONSTRAINT one_price_a_day EXCLUDE USING gist (plan_id WITH =, during WITH &&));
CREATE TABLE billing.subscriptions (id bigint PRIMARY KEY, user_id bigint NOT NULL, plan_id int NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, CHECK (ends_at > starts_at));
CREATE TABLE billing.invoices (id bigint PRIMARY KEY, subscription_id bigint NOT NULL, number bigint UNIQUE NOT NULL DEFAULT nextval('billing.invoice_number'), issued_on date NOT NULL, total billing.money_amount NOT NULL);
CREATE TABLE billing.invoice_lines (invoice_id bigint, line int, description text NOT NULL, quantity numeric NOT NULL, unit_price billing.money_amount NOT NULL,
  amount numeric GENERATED ALWAYS AS (quantity * unit_price) STORED, PRIMARY KEY (invoice_id, line));
CREATE TABLE billing.payments (id bigint, paid_at timestamptz NOT NULL, invoice_id bigint NOT NULL, state billing.payment_state NOT NULL, amount billing.money_amount NOT NULL, provider jsonb, PRIMARY KEY (id, paid_at))
  PARTITION BY RANGE (paid_at);
CREATE TABLE billing.refunds (id bigint PRIMARY KEY, payment_id bigint NOT NULL, paid_at timestamptz NOT NULL, reason text);
CREATE TABLE billing.coupons (code text PRIMARY KEY, percent numeric(4, 1) NOT NULL, valid daterange, uses int NOT NULL);
CREATE TABLE billing.tax_rates (country char(2), since date, rate numeric(5, 3) NOT NULL, PRIMARY KEY (country, since));
CREATE TABLE billing.exchange_rates (day date, currency char(3), rate numeric, spread double precision, PRIMARY KEY (day, currency));

CREATE TABLE analytics.events (id bigint NOT NULL, occurred_at timestamptz NOT NULL, kind text NOT NULL, user_id bigint, session uuid, properties jsonb NOT NULL)
  PARTITION BY RANGE (occurred_at);
CREATE TABLE analytics.daily_totals (day date, metric text, value double precision, PRIMARY KEY (day, metric));
CREATE TABLE analytics.searches (id bigint PRIMARY KEY, query text NOT NULL, filters json, results int NOT NULL);
CREATE TABLE analytics.experiments (name text PRIMARY KEY, variants text[][] NOT NULL, started_at timestamptz, stopped_at timestamptz);
CREATE TABLE audit.log (id bigint NOT NULL, at timestamptz NOT NULL, actor bigint, action text NOT NULL, object text NOT NULL, before jsonb, after jsonb, note text, PRIMARY KEY (id, at))
  PARTITION BY RANGE (at);
CREATE TABLE audit.access_reviews (id int PRIMARY KEY, reviewed_on date NOT NULL, findings text, evidence bytea);

-- Twelve months for payments and the log; for the events four quarters, each split once more by kind.
SELECT format('CREATE TABLE %1$s_%2$s PARTITION OF %1$s FOR VALUES FROM (%3$L) TO (%4$L)',
  parent, to_char(month, 'YYYY_MM'), month, month + interval '1 month')
FROM unnest(ARRAY['billing.payments', 'audit.log']) AS parent,
  generate_series(timestamp '2025-11-01', timestamp '2026-10-01', interval '1 month') AS month \gexec
CREATE TABLE billing.payments_other PARTITION OF billing.payments DEFAULT;
CREATE TABLE audit.log_other PARTITION OF audit.log DEFAULT;
SELECT format('CREATE TABLE analytics.events_%2$s PARTITION OF analytics.events FOR VALUES FROM (%3$L) TO (%4$L) PARTITION BY LIST (kind)',
  '', to_char(quarter, 'YYYY_MM'), quarter, quarter + interval '3 months')
FROM generate_series(timestamp '2025-11-01', timestamp '2026-08-01', interval '3 months') AS quarter \gexec
SELECT format('CREATE TABLE analytics.events_%1$s_%2$s PARTITION OF analytics.events_%1$s %3$s', to_char(quarter, 'YYYY_MM'), list, bound)
FROM generate_series(timestamp '2025-11-01', timestamp '2026-08-01', interval '3 months') AS quarter,
  (VALUES ('views', 'FOR VALUES IN (''view'', ''scroll'')'), ('quizzes', 'FOR VALUES IN (''quiz'')'), ('rest', 'DEFAULT')) AS part (list, bound) \gexec
CREATE TABLE analytics.events_other PARTITION OF analytics.events DEFAULT;
