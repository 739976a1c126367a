"""Signing in: allauth's views in our own pages, nobody signs up by themselves, and the demo's page of one click."""

from bailiwick.web.signin.around import BACKEND, bare

__all__ = ["BACKEND", "bare"]
