"""Machines built once, each doing one thing for every measure."""
