"""People, their posts in organizations, and what a post may do.

Owns persons, posts, members (a person in a post) and the register of duties that mechanisms
declare. Does not own who may see a record: that is a predicate in the queries of each mechanism,
made from the member. Invariant: every act and every view is a member's, never a bare account's.
"""
