"""What a run costs. See README.md here."""
