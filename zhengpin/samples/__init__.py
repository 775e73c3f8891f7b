"""The samples: documents of an invented city, for demonstrations and tests.

``plan.txt`` is a yearly work plan of 示例市 with its issuing notice; ``plan-last-year.txt`` is the
one before, to be aligned with it. The city, its districts and its organizations are invented; only
the national laws and documents they cite are real.
"""
