"""Judgements about figures, periods and targets, over plain values."""
