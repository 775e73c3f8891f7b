"""One approver or an odd panel decides a question, after saying that nothing stands against it.

Owns the question, who is to decide it, what each declared and voted, and the outcome. Does not own
the matter it is about, nor the steps and clocks (``proceedings``). Invariant: nobody decides on
their own application or with a conflict; an outcome is the majority of a whole, odd panel.
"""
