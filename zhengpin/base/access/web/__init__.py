"""The pages of administration: organizations, people, and the tokens of one's own."""
