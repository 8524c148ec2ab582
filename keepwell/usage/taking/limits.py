"""How much one call and one event may be: as Segment's. And what text a database can keep."""

MESSAGE_BYTES = 32 * 1024
BATCH_BYTES = 500 * 1024
NAME_LETTERS, ID_LETTERS, MODULE_LETTERS = 200, 200, 120


def can_be_kept(text: str) -> bool:
    """JSON can say a zero byte and half of a pair of surrogates; PostgreSQL keeps neither."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
