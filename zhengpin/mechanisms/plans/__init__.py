"""Plans (M1): a work plan as a document, its clauses, and the organizations they name.

Owns imported plans, their review and confirmation, corrections beside what the compiler said, and
their exports; the register of the instruments they cite, and the clauses flagged when one changes.
Does not own the reading of a text (``kernel.plantext``), nor the work that follows from a clause.
Stands on organizations, access, the law data and the ledger. Invariant: the source text is kept as
it was; every clause knows its place in it, and every correction keeps what it replaced.
"""
