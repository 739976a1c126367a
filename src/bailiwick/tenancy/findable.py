"""The migration operations for rows that are found by words: the store keeps the words of every row itself."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# What parts words, written out: classes such as [:alnum:] mean what the database's locale makes of them.
APART = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u2000-\u206f\u20a0-\u20cf\u2100-\u214f\u2190-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030-\u303f\u30fb\ufe00-\ufe0f\ufffd]+"
)
# Letters that no decomposition takes apart, as people type them who have not got them.
LETTERS = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
PHONE = 8  # so many digits from the end name a telephone, however its beginning is written


def folding() -> str:
    """SQL that makes the function `words_of(text)`: the words of a text, each once, small and without accents."""
    small = "lower(normalize(said, NFKD))"
    for letter, plain in LETTERS.items():
        small = f"replace({small}, '{letter}', '{plain}')"
    bare = rf"regexp_replace({small}, '[\u0300-\u036f]+', '', 'g')"
    return (
        "CREATE FUNCTION words_of(said text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ "  # noqa: S608 - constants
        "SELECT coalesce(array_agg(DISTINCT left(word, 40)), '{}') "
        f"FROM regexp_split_to_table({bare}, '{APART}') word WHERE word <> '' $$"
    )


class Findable(Operation):
    """Rows of `name` are found by the words of these columns as long as they `live`.

    `host`: an address in the net, whose last part (com, de) is no word; `phone`: a telephone, found by the end of its number.
    Words follow each insert, change and delete in its own transaction; rows that are there already get theirs now.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, columns: Sequence[str], host: str = "", phone: str = "", live: str = "true") -> None:
        self.name, self.columns, self.host, self.phone, self.live = name, tuple(columns), host, phone, live

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No column changes."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = f"{app_label}_{self.name.lower()}"
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT id FROM tenancy_network ORDER BY id")
            for (network,) in cursor.fetchall():  # row-level security binds the owner too
                cursor.execute("SELECT set_config('app.network', %s, true)", [str(network)])
                cursor.execute(self._keep(f'"{table}"'))
            cursor.execute("SELECT set_config('app.network', '', true)")
        for statement in self._triggers(table):
            schema_editor.execute(statement)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(f'DROP FUNCTION "{app_label}_{self.name.lower()}_words" CASCADE')

    def describe(self) -> str:
        return f"Find {self.name} by its words"

    def _keep(self, source: str) -> str:
        said = [
            *self.columns,
            *([rf"regexp_replace({self.host}, '\.[^.]*$', '')"] if self.host else []),
            *([rf"right(regexp_replace({self.phone}, '\D', '', 'g'), {PHONE})"] if self.phone else []),
        ]
        return (
            'INSERT INTO tenancy_word (network_id, kind, word, "row") '  # noqa: S608 - names of our own columns
            f"SELECT network_id, '{self.name.lower()}', unnest(words_of(concat_ws(' ', {', '.join(said)}))), id "
            f"FROM {source} WHERE {self.live}"
        )

    def _triggers(self, table: str) -> list[str]:
        watched = [*self.columns, *filter(None, (self.host, self.phone))]
        before, after = (
            ", ".join([*(f"{when}.{column}" for column in watched), f"({_of(self.live, when)})"]) for when in ("OLD", "NEW")
        )
        begin = f'CREATE TRIGGER "{{name}}" AFTER {{act}} FOR EACH {{each}} EXECUTE FUNCTION "{table}_words"()'
        changed = f'UPDATE ON "{table}"'
        return [
            f'CREATE FUNCTION "{table}_words"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '  # noqa: S608 - as above
            f"IF TG_OP = 'INSERT' THEN {self._keep('added')}; RETURN NULL; END IF; "
            'DELETE FROM tenancy_word WHERE network_id = OLD.network_id AND "row" = OLD.id; '
            f"IF TG_OP = 'UPDATE' THEN {self._keep('(SELECT NEW.*) changed')}; END IF; "
            "RETURN NULL; END $$",
            begin.format(name=f"{table}_added", act=f'INSERT ON "{table}" REFERENCING NEW TABLE AS added', each="STATEMENT"),
            begin.format(name=f"{table}_changed", act=changed, each=f"ROW WHEN (({before}) IS DISTINCT FROM ({after}))"),
            begin.format(name=f"{table}_removed", act=f'DELETE ON "{table}"', each="ROW"),
        ]


def _of(condition: str, when: str) -> str:
    """A condition on the row before or after the change: it names its columns as `column IS NULL`, joined by AND."""
    parts = [part.strip() for part in condition.split(" AND ")]
    return " AND ".join(part if part == "true" else f"{when}.{part}" for part in parts)
