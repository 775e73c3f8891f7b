"""Work that follows a change: queued in the transaction of the change, run by the worker.

Owns the declaration of tasks and sweeps, the queueing of a job and what there is to say about the
queue. Does not own what a job does: that is one call into a service of the app whose ``tasks.py``
declares it. Stands on procrastinate, whose tables are in our database. Invariant: a job exists if
and only if the transaction that queued it committed; it may run twice, so every task must be safe
to run twice.
"""
