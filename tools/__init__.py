"""Scripts of the project's own: driving a real browser, taking the README's screenshots."""
