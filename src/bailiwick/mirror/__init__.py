"""Runs measures. Here on PostgreSQL, in the transaction and with the rights of whoever asks.

It knows tables by name and asks each for the rows in the asker's sight; it knows no package above it and makes no figure:
what it gives are cells that can be added.
"""

from bailiwick.mirror.asking import Cell, Question, ask, can_be_cut, cases

__all__ = ["Cell", "Question", "ask", "can_be_cut", "cases"]
