"""``/api/1``: everything the desk can do, for programs. Owns shapes, tokens in, problems out.

An endpoint makes one call into a query or a service and translates. Refusals are RFC 9457 problem
details; what a member may not see does not exist (404).
"""
