"""The metrics of a day as somebody who knows DuckDB writes them: what our expressions are held against.

Reads the tables counts, accounts, in_production, worked, entitled, seats, provisioned, live and history.
"""

SQL = """
WITH used AS MATERIALIZED (
    SELECT account_id, module_id, person_key, day, core_events
    FROM counts JOIN in_production USING (deployment_id) WHERE day <= $day
), recent AS MATERIALIZED (
    SELECT * FROM used WHERE day > $day - 28
), people AS MATERIALIZED (
    SELECT * FROM recent WHERE person_key <> ''
), active AS (
    SELECT account_id,
           count(DISTINCT person_key) FILTER (day = $day) AS one,
           count(DISTINCT person_key) FILTER (day > $day - 7) AS seven,
           count(DISTINCT person_key) AS all28
    FROM people GROUP BY account_id
), person_days AS (
    SELECT account_id, count(*) AS days
    FROM (SELECT DISTINCT account_id, person_key, day FROM people) GROUP BY account_id
), working AS (
    SELECT account_id, count(*) AS days FROM worked GROUP BY account_id
), core_days AS (
    SELECT account_id, count(*) AS days
    FROM (SELECT DISTINCT account_id, day FROM recent WHERE core_events > 0)
    JOIN worked USING (account_id, day)
    GROUP BY account_id
), modules AS (
    SELECT account_id, count(*) AS many FROM entitled GROUP BY account_id
), broad AS (
    SELECT account_id, count(*) AS many FROM (
        SELECT account_id, module_id FROM people JOIN entitled USING (account_id, module_id)
        WHERE core_events > 0 GROUP BY account_id, module_id HAVING sum(core_events) >= 3
    ) GROUP BY account_id
), done AS (
    SELECT account_id, person_key, sum(CASE WHEN worked.day IS NULL THEN 0 ELSE core_events END) AS done
    FROM people LEFT JOIN worked USING (account_id, day) GROUP BY account_id, person_key
), middle AS (
    SELECT account_id, CASE WHEN count(*) = 1 THEN 2 * sum(done) ELSE sum(done) END AS twice FROM (
        SELECT account_id, done,
               row_number() OVER (PARTITION BY account_id ORDER BY done, person_key) - 1 AS place,
               count(*) OVER (PARTITION BY account_id) AS n
        FROM done
    ) WHERE place IN ((n - 1) // 2, n // 2) GROUP BY account_id
), last_core AS (
    SELECT account_id, module_id, max(day) AS day FROM used WHERE core_events > 0
    GROUP BY account_id, module_id
), recent_modules AS (
    SELECT account_id, sum(CASE WHEN last_core.day IS NULL THEN 0
        ELSE round(1e6 * pow(0.5, ($day - last_core.day) / half_life_days))::BIGINT END) AS parts
    FROM entitled LEFT JOIN last_core USING (account_id, module_id) GROUP BY account_id
), past AS MATERIALIZED (
    SELECT account_id, day, active FROM history WHERE day < $day
    UNION ALL SELECT account_id, $day, coalesce(all28, 0) FROM accounts LEFT JOIN active USING (account_id)
), usual AS (
    SELECT account_id, $day - min(day) AS days,
           min(active) FILTER (day BETWEEN $day - 386 AND $day - 344) AS low,
           max(active) FILTER (day BETWEEN $day - 386 AND $day - 344) AS high,
           quantile_disc(active, 0.5) FILTER (day BETWEEN $day - 91 AND $day - 1) AS middle,
           max(active) FILTER (day = $day) AS now
    FROM past GROUP BY account_id
), season AS (
    SELECT account_id, now, CASE WHEN days >= 396 THEN 1 WHEN days >= 91 THEN 2 ELSE 0 END AS basis,
           CASE WHEN days >= 396 THEN low ELSE middle END AS low,
           CASE WHEN days >= 396 THEN high ELSE middle END AS high
    FROM usual
), enough AS (
    SELECT account_id, min(day) AS day FROM past JOIN seats USING (account_id)
    WHERE active * 10 >= seats GROUP BY account_id
), first_core AS (
    SELECT account_id, min(day) AS first_day FROM used WHERE core_events > 0 GROUP BY account_id
), whole AS (
    SELECT account_id, one, seven, all28, person_days.days AS person_days, working.days AS working_days,
           core_days.days AS core_days, modules.many AS entitled, broad.many AS broad, twice, parts, seats,
           people, now, basis, low, high, enough.day AS enough_day, first_day, live_day
    FROM accounts
    LEFT JOIN active USING (account_id)
    LEFT JOIN person_days USING (account_id)
    LEFT JOIN working USING (account_id)
    LEFT JOIN core_days USING (account_id)
    LEFT JOIN modules USING (account_id)
    LEFT JOIN broad USING (account_id)
    LEFT JOIN middle USING (account_id)
    LEFT JOIN recent_modules USING (account_id)
    LEFT JOIN seats USING (account_id)
    LEFT JOIN provisioned USING (account_id)
    LEFT JOIN season USING (account_id)
    LEFT JOIN enough USING (account_id)
    LEFT JOIN first_core USING (account_id)
    LEFT JOIN live USING (account_id)
), told AS (
    SELECT account_id, unnest([
        {m: 'active_1', n: coalesce(one, 0), d: 1, b: 0},
        {m: 'active_7', n: coalesce(seven, 0), d: 1, b: 0},
        {m: 'active_28', n: coalesce(all28, 0), d: 1, b: 0},
        {m: 'stickiness', n: person_days, d: all28 * 28, b: 0},
        {m: 'frequency', n: coalesce(core_days, 0), d: working_days, b: 0},
        {m: 'breadth', n: coalesce(broad, 0), d: entitled, b: 0},
        {m: 'depth', n: twice, d: working_days * 2, b: 0},
        {m: 'recency', n: parts, d: entitled * 1000000, b: 0},
        {m: 'licences_provisioned', n: people, d: CASE WHEN people IS NOT NULL THEN seats END, b: 0},
        {m: 'licences_active', n: coalesce(all28, 0), d: seats, b: 0},
        {m: 'trend',
         n: CASE WHEN now BETWEEN low AND high THEN 0 WHEN now < low THEN now - low ELSE now - high END,
         d: CASE WHEN basis = 0 THEN NULL WHEN now < low THEN low ELSE high END, b: basis},
        {m: 'first_value', n: greatest(first_day - live_day, 0),
         d: CASE WHEN first_day - live_day IS NOT NULL THEN 1 END, b: 0},
        {m: 'first_use', n: greatest(enough_day - live_day, 0),
         d: CASE WHEN enough_day - live_day IS NOT NULL THEN 1 END, b: 0}
    ]) AS said FROM whole
)
SELECT said.m AS metric, account_id,
       CASE WHEN nullif(said.d, 0) IS NULL THEN NULL ELSE said.n END AS numerator,
       nullif(said.d, 0) AS denominator, said.b AS basis
FROM told
"""
