"""What people and programs get to see: results become text, one module a format."""
