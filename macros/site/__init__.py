"""What is published: preview, check, build, search, headers, edition.

Knows all rooms above it in HACKING.md, and no copy.
"""
