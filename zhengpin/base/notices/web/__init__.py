"""Pages of notices: the list, and how one wants them by mail."""
