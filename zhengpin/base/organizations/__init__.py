"""Regions and the organizations in them, with names, functions and successors by date.

Owns who exists, under which names and with which functions on a day. Does not own people (access)
or what an organization does (mechanisms). Stands on the ledger and on ``kernel.organizations``,
which reads printed names. Invariant: the past stays; a body that was merged keeps its name, its
functions and its years.
"""
