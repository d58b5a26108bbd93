"""What the prose says of numbers: sentences in, claims out; no judgement about rules."""
