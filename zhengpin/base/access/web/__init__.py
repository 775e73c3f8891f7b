"""The pages of administration: organizations, people, tokens, and looks into sealed records."""
