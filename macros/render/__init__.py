"""How it is shown: facts as HTML; `macros.MACROS` lists what editors call.

Knows `finding`, `formulary`, `pages`, and of `rules` only what the page about them prints.
"""
