"""Today and the lists of cases."""
