"""How a rule is judged: one module for each kind of check that a rule may name."""
