"""What the author has decided to leave: comments in the document."""
