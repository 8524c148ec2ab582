"""One kind of file each: `COLUMNS`, and `bring_in(line, by=, at=)`."""
