"""What tables of text mean: pure judgements, without a row of ours, a clock or a setting."""
