"""System reviews at the desk."""
