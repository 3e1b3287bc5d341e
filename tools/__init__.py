"""Scripts of the project's own: driving a real browser, taking the README's screenshots."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
