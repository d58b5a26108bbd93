"""Plugins: how they are found, what they may implement, and the limits around strangers' code."""
