"""Verbs of import."""
