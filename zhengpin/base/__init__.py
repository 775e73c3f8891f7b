"""What every mechanism stands on: organizations, access, files, the law, the ledger.

Apps here import downwards only, in this order: files and lawbase, access, organizations,
ledger. They know no mechanism, and no page but their own.
"""
