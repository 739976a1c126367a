"""What the running product says of itself to whoever runs it: whether it is there, its log, its metrics. Names no person."""
