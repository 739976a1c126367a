"""So many companies, deals, activities and half as many contacts in the village, by SQL: the commands would take an hour.

The store's own triggers keep the words of all rows; keys to other tables are right by construction and not looked up.
"""

import time
from random import Random

import psycopg

from bench.home import Say
from tests.village import NOW, TODAY, Village

AT_ONCE = 50_000
STEMS = 3_000
HEADS = (
    "bal ber bor dal del dor fal fen gar gol hal hem jor kal kem lan lor mar mel nor ost pal per rav ros sal sel tor val wen"
).split()
TAILS = "bach berg brand burg dahl feld furt gard hagen heim holm horst kamp land mark mund rode stedt tal wald".split()
MIDDLES = ("", "a", "e", "en", "er", "i", "in", "o")
TRADES = (
    "Anlagen Bau Chemie Druck Elektro Feinmechanik Glas Hydraulik Kabel Logistik Medizin Optik Papier Stahl Textil Werkzeuge"
).split()
FORMS = ["GmbH", "AG", "KG", "Ltd"]
# Numbers without a common divisor with what they count round, so that neighbours have nothing in common.
NUMBERED = """
CREATE TABLE bench_crowd AS
SELECT n, uuidv7() AS account, uuidv7() AS deal, side.*, (%(stems)s::text[])[1 + n * 7919 %% %(of)s] AS stem,
    (%(trades)s::text[])[1 + n * 5 %% 16] AS trade, (%(forms)s::text[])[1 + n * 3 %% 4] AS form
FROM generate_series(1, %(many)s) n JOIN (
    SELECT row_number() OVER (ORDER BY person_id) - 1 AS number, count(*) OVER () AS sides, person_id, unit_id, organization_id
    FROM (SELECT DISTINCT person_id, unit_id, organization_id FROM pipeline_opportunity WHERE unit_id = %(unit)s) one
) side ON side.number = n %% side.sides
"""
ADDED = ("territories_account", "territories_contact", "pipeline_opportunity")
ROWS = {
    "companies": """
INSERT INTO territories_account (id, network_id, version, source, source_id, custom, name, city, country, phone, website,
    domain, registration, tax_number, sector, created)
SELECT account, %(network)s, 1, '', '', '{}', concat_ws(' ', stem, trade, form), (%(towns)s::text[])[1 + n %% 5], 'DE', '', '',
    '', '', '', trade, %(now)s FROM bench_crowd""",
    "ties": """
INSERT INTO territories_tie (id, network_id, account_id, person_id, unit_id, organization_id)
SELECT uuidv7(), %(network)s, account, person_id, unit_id, organization_id FROM bench_crowd""",
    "holdings": """
INSERT INTO territories_holding (id, network_id, account_id, line_id, person_id, unit_id, organization_id, contested, reason,
    since)
SELECT uuidv7(), %(network)s, account, %(line)s, person_id, unit_id, organization_id, false, 'claimed', %(now)s
FROM bench_crowd""",
    "contacts": """
INSERT INTO territories_contact (id, network_id, version, source, source_id, custom, account_id, name, position, email, phone,
    created)
SELECT uuidv7(), %(network)s, 1, '', '', '{}', account, 'Kim ' || (%(stems)s::text[])[1 + n * 6197 %% %(of)s], 'buyer', '', '',
    %(now)s FROM bench_crowd WHERE n %% 2 = 0""",
    "deals": """
INSERT INTO pipeline_opportunity (id, network_id, version, source, source_id, custom, title, value, currency, expected, entered,
    outcome, reason, origin, stale_on_arrival, created, account_id, organization_id, person_id, unit_id, process_id, step_id)
SELECT deal, %(network)s, 1, '', '', '{}', concat_ws(' ', n %% 90 + 3, 'terminals for', stem), 2000 + n * 37 %% 90000, 'EUR',
    %(today)s::date + (n * 13 %% 700)::int, %(today)s::date - (n %% 60)::int, 'open', '', '', false, %(now)s, account,
    organization_id, person_id, unit_id, %(process)s, %(step)s FROM bench_crowd""",
    "stages": """
INSERT INTO pipeline_stage (id, network_id, opportunity_id, step_id, entered, open, recorded, organization_id, person_id, unit_id)
SELECT uuidv7(), %(network)s, deal, %(step)s, %(today)s::date - (n %% 60)::int, true, %(now)s, organization_id, person_id, unit_id
FROM bench_crowd""",
    "activities": """
INSERT INTO pipeline_activity (id, network_id, version, source, source_id, custom, kind, text, due, done, day, created,
    account_id, opportunity_id, organization_id, person_id, unit_id)
SELECT uuidv7(), %(network)s, 1, '', '', '{}', (ARRAY['call', 'mail', 'visit'])[1 + n %% 3], 'spoke about the offer', NULL,
    %(now)s, %(today)s::date - (n * 13 %% 700)::int, %(now)s, account, deal, organization_id, person_id, unit_id
FROM bench_crowd""",
}


def crowd(village: Village, admin: str, many: int, say: Say) -> None:
    """They stand, and the planner knows them."""
    stems, began = _stems(), time.monotonic()
    with psycopg.connect(admin, autocommit=True) as connection:
        network, unit = village.by.network, village.units["cobalt"].pk
        found = connection.execute(
            "SELECT process_id, id FROM pipeline_step WHERE network_id = %s ORDER BY place LIMIT 1", [network]
        )
        process, step = found.fetchone() or (None, None)
        told = {
            "network": network, "unit": unit, "line": village.line and village.line.pk, "process": process, "step": step,
            "stems": stems, "of": len(stems), "trades": TRADES, "forms": FORMS, "now": NOW, "today": TODAY, "many": many,
            "towns": ["Hamburg", "Bremen", "Kiel", "Rostock", "Leer"],
        }  # fmt: skip
        connection.execute(NUMBERED.encode(), told)
        connection.execute("ALTER TABLE bench_crowd ADD PRIMARY KEY (n)")
        for table in ADDED:
            connection.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_added".encode())
        connection.execute("SET session_replication_role = replica")
        for name, statement in ROWS.items():
            joined = "AND" if "WHERE" in statement else "WHERE"
            for start in range(0, many, AT_ONCE):
                connection.execute(f"{statement} {joined} n > {start} AND n <= {start + AT_ONCE}".encode(), told)
            say(f"{name} of {many:,}: {time.monotonic() - began:.0f} s")
        connection.execute("RESET session_replication_role")
        connection.execute("CHECKPOINT")
        connection.execute("VACUUM ANALYZE")


def _stems() -> list[str]:
    """Words that no two of are the same."""
    every = sorted({(head + middle + tail).capitalize() for head in HEADS for middle in MIDDLES for tail in TAILS})
    return Random(7).sample(every, STEMS)  # noqa: S311 - a draw that repeats itself
