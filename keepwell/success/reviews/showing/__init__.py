"""A review as it is read, by either side: its data in words and pictures, in the reader's language."""
