"""Tests of the room `export`: what other programs get is what the formulary holds, and nothing that could be misread."""
