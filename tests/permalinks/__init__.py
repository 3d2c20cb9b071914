"""Addresses as generators make them: small sites, the generators that were run over them, and what those answered."""
