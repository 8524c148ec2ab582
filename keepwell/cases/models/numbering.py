"""Case numbers come from a sequence in the database: never twice, starting at 1001."""

from django.db.models import BigIntegerField, Func, Value

SEQUENCE = "keepwell_case_number"


class NextNumber(Func):
    function = "nextval"
    output_field = BigIntegerField()

    def __init__(self) -> None:
        super().__init__(Value(SEQUENCE))
