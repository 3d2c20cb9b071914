"""Turns an archive of articles into feeds people subscribe to."""

__version__ = "0.1.0"
