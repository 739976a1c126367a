"""Wiring only: settings, addresses, which package answers what."""
