"""Not Yet: keeps promoting your expertise to the people who once said no."""

__version__ = "0.1.0"
