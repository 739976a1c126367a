"""Bailiwick: the operating system of a decentralized sales organization."""
