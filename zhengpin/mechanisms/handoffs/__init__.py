"""Something goes from one organization to another, with a clock for each side.

Owns the kinds of hand-off that measures declare, what is handed over, to whom it was delivered
and what was answered. Does not own the steps and clocks (``proceedings``) or the kinds themselves
(``measures``). Invariant: exactly one organization holds a hand-off; the receiver sees its outline
and no more until it has signed for it; a refusal is kept with its reasons when it is sent again.
"""
