"""What is written: Markdown pages, rendered pages as a tree of elements, and their addresses.

Knows `finding` and `formulary`.
"""
