"""The faces of the platform: command line now; desk, portal and API stand beside it later."""
