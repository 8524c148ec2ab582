"""The submission form: what somebody writes on the public site becomes a case at once."""
