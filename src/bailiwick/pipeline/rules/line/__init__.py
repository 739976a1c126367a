"""What one typed line of a salesperson says: "met Acme, proposal 84k by Friday, wants 15%".

It answers for the reading only: pure values in, one frozen record out. Who may keep the line, and what becomes of it, is
the commands' to say. Whatever is not sure is asked in a chip, never decided in silence; the line itself is never lost.
"""

from bailiwick.pipeline.rules.line.reading import candidates, understand
from bailiwick.pipeline.rules.line.records import Kind, Named, Next, Understood

__all__ = ["Kind", "Named", "Next", "Understood", "candidates", "understand"]
