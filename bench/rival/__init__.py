"""The rival of `bench doors`: Tryton, installed from its packages into a place of its own, never into ours.

Opt-in. It is no dependency: nothing of the product, its tests or its other benches knows that it exists.
"""

RIVAL = "Tryton 8.2"
