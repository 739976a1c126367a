"""Days and amounts as people and programs write them."""
