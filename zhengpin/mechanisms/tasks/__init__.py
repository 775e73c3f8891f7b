"""Clauses of a confirmed plan become tasks, each owed by one organization.

Owns what a task is of (clause, part of another task), who answers for it inside the organization,
the evidence and the result. Does not own steps and clocks (``proceedings``) or the words of the
plan (``plans``). Invariant: a task ends with a result or with the reason why it has none; a last
day comes from the plan, an assignment or a decision, and is otherwise 未设定.
"""
