"""The command line: compiles plans and answers questions without a database.

Owns the words a person types, the exit status and what is printed. Does not own what a plan is:
each command reads, calls the kernel once and writes. Commands are loaded only when asked for, so
that the first answer comes within half a second of processor time.
"""
