"""`python -m feeds` is `feeds`."""

from feeds.cli import main

main()
