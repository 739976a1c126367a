"""Judgements of selling over plain values."""
