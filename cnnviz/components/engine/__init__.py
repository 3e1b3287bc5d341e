"""The engine that computes in the browser what the rest of this package computes in Python."""
