"""The same facts for other programs: one module a format, each from the formulary that pages read."""
