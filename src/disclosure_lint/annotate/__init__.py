"""Copies of documents with a comment at each finding. Imported only by a run that asks for them."""
