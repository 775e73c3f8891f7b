"""存证账本: what was done, by whom, in an order that nobody can change unseen.

Owns entries, their places in the RFC 9162 tree and the signed checkpoints. Does not know what an
entry is about. Invariant: append-only. The database refuses every change, and a change made past
the database does not fit the checkpoints that others keep.
"""
