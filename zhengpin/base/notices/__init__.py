"""Notices: what a person is told as a member, on the desk and by mail.

Owns the register of kinds, the notices with who has read them, each person's choice of mail and
the mails. Does not own what a notice is about, nor when one is due: whoever knows calls ``send``
in the transaction of the fact. Stands on access and the ledger. Invariants: each member is told
once per kind and key, whoever sends and how often; a notice shows no more than its reader may see
at the moment of reading; a mail leaves at most once and carries a title and a link.
"""
