"""The engine of everything that is carried through a procedure under legal clocks.

Owns proceedings, the steps taken in them, who stands in which role, the reading of their clocks
and the cache of open due days that the worklist asks. Does not own any procedure (``measures``
declare them), nor what a matter is about (the mechanisms above keep that beside a proceeding).
Stands on organizations, access, the ledger and the law. Invariant: a step is never edited; exactly
one organization holds a proceeding; a due day equals what its steps, the law and the calendar say.
"""
