"""Settings for property tests: what holds does not depend on how busy the machine is."""

from hypothesis import HealthCheck, settings

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
