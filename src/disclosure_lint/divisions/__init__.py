"""The administrative divisions of mainland China with their years of validity: read only when asked for."""
