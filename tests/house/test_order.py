"""One order of packages: no key points uphill, not even one that is given as a string."""

from django.db.models import ManyToManyField

from tests.house.source import SOURCE, floors, house_models, package_of


def test_every_package_has_a_floor() -> None:
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert packages <= set(floors())


def test_no_foreign_key_points_uphill() -> None:
    uphill = []
    for model in house_models():
        for field in model._meta.get_fields():
            if not (getattr(field, "concrete", False) and field.is_relation and field.related_model):
                continue
            target = field.related_model
            if not target.__module__.startswith("bailiwick."):
                continue
            here, there = package_of(model), package_of(target)
            if here != there and floors()[there] <= floors()[here]:
                uphill.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert not uphill


def test_no_tenant_table_has_a_many_to_many_key() -> None:
    """Its link table would have no network and no wall."""
    found = [
        model._meta.label
        for model in house_models()
        if any(isinstance(f, ManyToManyField) for f in model._meta.local_many_to_many)
    ]
    assert not found
