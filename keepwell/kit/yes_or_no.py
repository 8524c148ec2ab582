"""Yes and no as people write them in a file or an environment."""

YES = frozenset({"1", "yes", "true", "on"})
NO = frozenset({"0", "no", "false", "off"})


def yes_or_no(text: str) -> bool:
    """True for 1, yes, true, on; False for 0, no, false, off. Errors: ValueError for anything else."""
    word = text.strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError("it takes yes or no")
