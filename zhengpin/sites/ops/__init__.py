"""What keeps an installation running and lets its operators see that it does.

Owns the processes of ``zhengpin serve`` (supervisor, web, worker), health and metrics pages,
request ids and logs, and backups. Knows nothing of plans or cases. Invariant: no page, metric or
log line of this package carries personal data, a path with identifiers, or a value from a record.
"""
