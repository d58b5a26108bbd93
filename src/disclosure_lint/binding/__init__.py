"""Document and Form to Report: judgement, and it says when it cannot tell."""
