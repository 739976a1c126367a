"""What people do, in a real browser on a really served home."""
