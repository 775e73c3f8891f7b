"""Pages of files: the way to their bytes."""
