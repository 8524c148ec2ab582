"""Who is on call, by which turns, and answering when one is asked."""
