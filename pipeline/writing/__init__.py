"""What a person reads; pure."""
