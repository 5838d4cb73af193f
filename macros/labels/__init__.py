"""Label files as authorities and registries publish them, read into one frozen record; nothing of the project is known here."""
