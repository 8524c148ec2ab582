"""Signals: mine, everybody's, one of them, those of an account; rules and playbooks stand in Settings."""
