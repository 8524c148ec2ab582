"""What `prove.pictures` is made of: installations to look at, their pages, and the looking."""
