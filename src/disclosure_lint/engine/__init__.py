"""From a file to what is said of it: the pipeline, the rules in force, and what is remembered between files."""
