"""What to change in the tracker; pure but for apply."""
