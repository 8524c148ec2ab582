"""What goes out by mail: the answers of staff, to whoever takes part and has a confirmed address."""
