"""One module a page. Each declares its routes with `web.door.page`."""

from importlib import import_module
from pkgutil import iter_modules


def load() -> None:
    """Import every page, so that its routes are declared."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
