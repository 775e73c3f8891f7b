"""一年的工作: a year of invented hand-offs in a region, for demonstrations and load tests.

Owns the story (``story``, ``turns``, ``words``: a seed and a number give one matter, the same
every time), its people and their addresses (``cast``), two ways to enter it (``by_services`` for
a few; ``in_bulk``, with ``course``, for many) and the run that can be killed and continued
(``running``). Owns no rule of how a matter is carried: that is the engine's and the hand-offs'.
Invariant: both ways leave the same rows, due days and ledger entries, apart from ids and moments.
"""
