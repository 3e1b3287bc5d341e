"""What several pages lay out in the same way."""
