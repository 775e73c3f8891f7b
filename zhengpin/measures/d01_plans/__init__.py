"""D01: plans, organizations and responsibility."""
