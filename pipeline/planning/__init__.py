"""What should happen, and when; pure."""
