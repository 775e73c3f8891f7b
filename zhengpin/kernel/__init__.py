"""The kernel: pure functions over values, with no Django, no network and no database.

Owns the arithmetic of text, law, digests and scores. Everything above may call it; it calls
nothing above. Given the same input it always answers the same.
"""
