"""How bad it is, in the words customers choose from."""

from django.utils.translation import gettext_lazy

HOW_BAD = (
    ("high", gettext_lazy("Nobody can work")),
    ("normal", gettext_lazy("Something important does not work")),
    ("low", gettext_lazy("A question, or something small")),
)
EXPLAINED = {
    "high": gettext_lazy("The system is down, or it is just as bad."),
    "normal": gettext_lazy("It hinders us, but the main things still work."),
    "low": gettext_lazy("It can wait a little."),
}
