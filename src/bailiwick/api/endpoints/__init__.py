"""One module a word of the field. Each declares its endpoints with `api.door.endpoint`."""

from importlib import import_module
from pkgutil import iter_modules


def load() -> None:
    """Import every module, so that its endpoints are declared."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
