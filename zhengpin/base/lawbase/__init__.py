"""法律数据: the law data of the package and what an installation adds to it, by date.

Owns the overrides (holiday notices, rule versions, corrections) with their sources, the merged
law that clocks are read by, and the pages that show both. Does not own the data itself
(``zhengpin/law``), its reading (``kernel.lawdata``, ``kernel.calendars``) or the reckoning
(``kernel.clocks``). Stands on access and the ledger.
Invariant: nothing is edited or deleted; a version ends the day before the next one begins, and a
withdrawal is a row of its own.
"""
