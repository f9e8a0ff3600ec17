"""Everything the user has, for other programs; pure."""
