"""What every mechanism stands on: organizations, access, the ledger.

Apps here import downwards only, in this order: ledger, access, organizations. They know no
mechanism and no page.
"""
