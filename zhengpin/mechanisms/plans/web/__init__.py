"""The pages of plans: list, import, review, reading."""
