"""Bytes to Document: literally what stands on the page, never a guess."""
