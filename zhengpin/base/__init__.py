"""What every mechanism stands on: organizations, access, files, the law, notices, the ledger.

Apps here import downwards only, in this order: files, lawbase and notices, access,
organizations, ledger. They know no mechanism, and no page but their own.
"""
