"""D13: supervision, assessment and reports."""
