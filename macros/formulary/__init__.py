"""What is known: YAML data as closed, frozen records, and what follows from them alone.

Knows `finding`; knows no page and no HTML.
"""
