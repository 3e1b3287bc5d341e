"""What a network makes of a digit: every number, map and answer, and the reasons for them."""
