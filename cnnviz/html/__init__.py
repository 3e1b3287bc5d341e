"""Pieces of HTML that the pages show."""
