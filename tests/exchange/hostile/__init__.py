"""Files that do harm, or would: how they are made, what is right about each, and a reading that may not take much."""
