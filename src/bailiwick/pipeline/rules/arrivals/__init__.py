"""What a forwarded mail or an invitation says: who with whom, on which day, in which words.

It answers for the reading only: bytes in, frozen records out, whatever the bytes are, in bounded time and memory. Nothing in a
message is trusted, nothing is opened or fetched, and what cannot be read is refused in words.
"""

from bailiwick.pipeline.rules.arrivals.letters import MOST_BYTES, Address, Happening, Letter, Told
from bailiwick.pipeline.rules.arrivals.proposing import Proposed, concerned, of_event, of_letter
from bailiwick.pipeline.rules.arrivals.reading import read

__all__ = ["MOST_BYTES", "Address", "Happening", "Letter", "Proposed", "Told", "concerned", "of_event", "of_letter", "read"]
