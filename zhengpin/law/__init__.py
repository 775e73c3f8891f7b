"""The law as dated data: deadlines, thresholds, and the sources they were read from.

Owns ``deadlines.yaml`` (procedural clocks), ``thresholds.yaml`` (criminal figures) and
``sources.md`` (what was read where). Holds data only; ``kernel.lawdata`` reads and validates it.
Invariant: a row cites its article and the days it is in force. Where this copy settles a point
of the collected data, the row's change stands under ``corrections`` with the article read.
"""
