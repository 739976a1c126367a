"""The settings with two languages that nobody speaks, made of the catalogue in the home that is served."""

from bailiwick.config.settings import *  # noqa: F403
from bailiwick.config.settings import HOME, LANGUAGES, LOCALE_PATHS
from tests.journeys.invented import LONG, MIRRORED

LANGUAGES = [*LANGUAGES, (LONG, "Long"), (MIRRORED, "Mirrored")]
LOCALE_PATHS = [*LOCALE_PATHS, HOME / "locale"]
