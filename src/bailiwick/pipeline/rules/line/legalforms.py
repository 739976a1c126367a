"""The core of a company's name, without what says in which form it is registered."""

from collections.abc import Sequence

from bailiwick.pipeline.rules.line.words import keys

LEGAL = keys(
    "gmbh mbh ag se kg kgaa ohg ug gbr ggmbh ltd limited llc llp inc incorporated corp corporation co plc ab oy oyj"
    " aps bv nv sas sarl srl spa pty sro zrt kft"
)
SPELLED = (("a", "s"), ("s", "a"), ("b", "v"), ("n", "v"), ("e", "v"), ("z", "o", "o"), ("s", "r", "l"), ("s", "p", "a"))
WEAK_FORMS = keys("sa as asa company haftungsbeschränkt sp und and")  # only at the end of a longer name


def core_of(keys: Sequence[str]) -> tuple[str, ...]:
    """The keys of a name without its legal form; a name of nothing else stays whole.

    >>> core_of(["weiss", "gmbh", "co", "kg"]), core_of(["oslo", "marine", "a", "s"])
    (('weiss',), ('oslo', 'marine'))
    """
    core = tuple(keys)
    while len(core) > 1:
        spelled = next((tail for tail in SPELLED if len(core) > len(tail) and core[-len(tail) :] == tail), None)
        if spelled:
            core = core[: -len(spelled)]
        elif core[-1] in LEGAL or core[-1] in WEAK_FORMS:
            core = core[:-1]
        else:
            break
    return core
