"""Parts of the pages that run in the browser, and pieces of HTML."""
