"""The pages of the law data."""
