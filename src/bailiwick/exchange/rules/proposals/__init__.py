"""What the stored rows propose for each question of the setup: pure judgements over counts and values."""
