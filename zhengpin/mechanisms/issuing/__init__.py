"""A confirmed plan is issued (印发): to whom, under which number, and who has signed for it.

Owns the reading of the names a notice prints, what each was resolved to, and who has not received.
Does not own the letters (``handoffs``), their clocks and reminders (``proceedings``) or the plan
(``plans``). Invariant: a plan is issued once, and no printed name is left out unseen: each means
organizations, or a person has said why it means none here.
"""
