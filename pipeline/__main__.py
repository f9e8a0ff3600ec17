"""`python -m pipeline` is the same program as `notyet`."""

from pipeline.cli import run

run()
