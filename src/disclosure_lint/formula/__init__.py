"""The language of 勾稽 equations: compiled once from text to plain data, evaluated on the facts of each report."""
