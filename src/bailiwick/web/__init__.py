"""Every page. No rule, no arithmetic, no query of its own."""
