"""Plans (M1): a work plan as a document, its clauses, and the organizations they name.

Owns imported plans, their review and confirmation, corrections beside what the compiler said, and
their exports. Does not own the reading of a text (``kernel.plantext``), nor the work that follows
from a clause. Stands on organizations, access and the ledger. Invariant: the source text is kept
as it was; every clause knows its place in it, and every correction keeps what it replaced.
"""
