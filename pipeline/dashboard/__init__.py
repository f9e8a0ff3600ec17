"""The owner's dashboard: numbers, pages, pictures, and the vault that locks them in."""
