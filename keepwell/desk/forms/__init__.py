"""What people fill in at the desk: form and plausibility only; verbs decide."""
