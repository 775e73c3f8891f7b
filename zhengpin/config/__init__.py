"""Settings, addresses and servers: one file each, everything from the environment."""
