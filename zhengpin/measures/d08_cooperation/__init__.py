"""D08: hand-offs across departments, regions and levels."""
