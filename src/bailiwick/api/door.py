"""The one way from a request to an answer: who asks, one transaction in one network, refusals, the record of reads."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from pydantic import BaseModel

from bailiwick.api.asked import Asked, Told, ask
from bailiwick.api.bearer import Caller
from bailiwick.api.problems import refused
from bailiwick.kit import Invalid, NotAllowed, Problem, Refused, Role, say
from bailiwick.ledger.commands import looked
from bailiwick.ledger.once import LONGEST_KEY, once
from bailiwick.tenancy.within import within

EVERYBODY = frozenset(Role)
KEY, KEY_PATTERN = "Idempotency-Key", "^[!-~]+$"
MOST_RAW = 10_000_000
Act = Callable[..., Told]


@dataclass(frozen=True)
class Endpoint:
    """An operation as declared: where it is, who may come at all, what it takes and gives.

    `media`: it takes a file of these types as its body, instead of JSON.
    """

    name: str
    method: str
    path: str
    roles: frozenset[Role]
    status: int
    gives: type[BaseModel] | None
    act: Act
    view: Callable[..., HttpResponse]
    media: tuple[str, ...] = ()
    most: int = MOST_RAW

    @property
    def acts(self) -> bool:
        """Whether asking may change something."""
        return self.method != "GET"


ENDPOINTS: list[Endpoint] = []


def endpoint(
    method: str,
    path: str,
    *,
    name: str,
    roles: frozenset[Role] = EVERYBODY,
    takes: type[BaseModel] | None = None,
    gives: type[BaseModel] | None = None,
    status: int = 200,
    media: tuple[str, ...] = (),
    most: int = MOST_RAW,
) -> Callable[[Act], Act]:
    """Declare an endpoint. `roles`: who may come; what they see there is still their scope's to say.

    `takes` is the model of the body, which the function gets as `given`; its other arguments are of the address. With `media`
    the body is a file, which the function gets as `raw`: never more than a little beyond the most that is taken.
    """

    def declare(act: Act) -> Act:
        def view(request: HttpRequest, **parts: Any) -> HttpResponse:
            return answer(request, one, parts)

        view.__name__, view.__module__, view.__doc__ = act.__name__, act.__module__, act.__doc__
        view.__signature__ = _published(act, takes)  # type: ignore[attr-defined]
        one = Endpoint(name, method, path, roles, 204 if gives is None else status, gives, act, view, media, most)
        ENDPOINTS.append(one)
        return act

    return declare


def _published(act: Act, takes: type[BaseModel] | None) -> inspect.Signature:
    """The signature that the contract shows: a request first, and the very model of the body."""
    _, *others = inspect.signature(act).parameters.values()
    first = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)
    shown = [other.replace(annotation=takes) if other.name == "given" else other for other in others if other.name != "raw"]
    return inspect.Signature([first, *shown])


def answer(request: HttpRequest, one: Endpoint, parts: dict[str, Any]) -> HttpResponse:
    """Ask `one` as the person whose token it is. What is refused changed nothing."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    with translation.override(translation.get_language()):
        try:
            with within(caller.network.pk):
                asked = ask(request, caller)
                parts |= {"raw": request.read(one.most + 1)} if one.media else {}
                _may_come(request, one, asked)
                text, told = _done(request, one, asked, parts)
            _record(one, asked, told)
            return _response(one, asked, text)
        except Refused as no:
            return refused(no)


def _may_come(request: HttpRequest, one: Endpoint, asked: Asked) -> None:
    if not asked.viewer.roles & one.roles:
        raise NotAllowed(say("This is not for your role."), say("Ask the director if it should be."))
    operation: Any = one.view._ninja_operation  # type: ignore[attr-defined]
    declared = {name for m in operation.models if m.__ninja_param_source__ == "query" for name in m.__ninja_flatten_map__}
    wrong = [name for name in request.GET if name not in declared or len(request.GET.getlist(name)) > 1]
    if wrong:
        raise Invalid([Problem(name[:60], say("There is no such parameter here, or it is named twice.")) for name in wrong[:20]])


def _done(request: HttpRequest, one: Endpoint, asked: Asked, parts: dict[str, Any]) -> tuple[str, Told]:
    """The answer's text and what was told; an act with a key is done once and then only told again."""
    key = request.headers.get(KEY) if one.acts else None
    if key is None:
        told = one.act(asked, **parts)
        return _text(told.body), told
    if not re.fullmatch(KEY_PATTERN, key) or len(key) > LONGEST_KEY:
        raise Invalid([Problem(KEY, say("A key has 1 to 100 printable characters without blanks."))])
    done: list[Told] = []

    def act() -> str:
        done.append(one.act(asked, **parts))
        return _text(done[0].kept or done[0].body)

    body = parts["raw"] if one.media else request.body
    same = "\n".join((one.method, request.get_full_path(), body.decode(errors="replace")))
    text, before = once(key, same, act, by=asked.actor, now=asked.now)
    return (text, Told()) if before else (_text(done[0].body), done[0])


def _text(body: BaseModel | None) -> str:
    return "" if body is None else body.model_dump_json()


def _record(one: Endpoint, asked: Asked, told: Told) -> None:
    """Who looked at whose rows: in a transaction of its own, before the answer leaves, also when a GET asked."""
    others = set(told.looked_at) - {asked.person}
    if others:
        with within(asked.network.pk):
            looked(others, page=f"api:{one.name}", by=asked.actor, day=asked.today, now=asked.now)


def _response(one: Endpoint, asked: Asked, text: str) -> HttpResponse:
    response = HttpResponse(text, status=one.status, content_type="application/json; charset=utf-8")
    if one.status == 204:
        del response["Content-Type"]
    response["Content-Language"] = asked.speech.locale
    response["Cache-Control"] = "no-store"
    return response
