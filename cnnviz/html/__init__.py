"""Pieces of HTML that the pages and components show, and their styles."""
