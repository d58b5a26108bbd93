"""Files of the user and of strangers: how they are read, and how they are written."""
