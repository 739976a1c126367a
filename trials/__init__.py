"""Races, kills and restores with real processes: what must hold under any interleaving and any crash."""
