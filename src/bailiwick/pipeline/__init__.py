"""Selling as a process: leads, opportunities through ordered steps, activities, promises, and the one line."""
