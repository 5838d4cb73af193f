"""Tests of the room `labels`: files of labels, read or refused in a sentence."""
