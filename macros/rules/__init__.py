"""What must hold of data, pages and HTML.

Knows `finding`, `formulary` and `pages`, and never how a page is made.
"""
