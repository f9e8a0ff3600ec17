"""What the pages of the dashboard show: numbers and sentences, no HTML; pure."""
