"""What of an answer is new. It hides, never deletes, and in doubt it hides nothing.

Not by a library: of four that were measured on `tests/replies.txt` each hid words that were wanted, in 6
to 11 of its samples (answers between quotes, what was forwarded, a line that begins with "On"). Here only
three things are ever hidden: lines that carry the mark of a quote below the sentence that introduces it; the
same without words after it; and what stands below the header that Outlook puts above an old mail. This
last one not where the old mail is the matter: where it was forwarded, and where somebody says that he
answers in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from keepwell.channels.email.parsing.limits import TRIMMED_LINES

INTRO_LINES = 3
HEADER_LINES = 8
SAID_ABOVE_CHARACTERS = 2_000

_MARK = re.compile(r"\s{0,3}>")
# The end of the sentence before a quote. A date or time is in it, and an address or a word for "wrote".
_WROTE = re.compile(
    r"""wrote|writes|schrieb|geschrieben|a\ écrit|escribi[óo]|ha\ scritto|scritto|schreef|geschreven|escreveu|
    skrev|kirjoitti|napisał|napsal|napísal|írta|написа|пишет|yazdı|έγραψε|写道|寫道|のメール|작성""",
    re.IGNORECASE | re.VERBOSE,
)
_FROM = re.compile(
    r"\W{0,2}(from|von|de|da|van|från|fra|lähettäjä|od|feladó|от|від|kimden|από|差出人|发件人|寄件者|寄件人"
    r"|보낸 사람)\W{0,2}\s?[:：]",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"\W{0,2}(subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|aihe|temat|předmět|predmet"
    r"|tárgy|тема|konu|θέμα|件名|主题|主旨|제목)\W{0,2}\s?[:：]",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_OLD_MAIL = re.compile(
    r"\s*-{3,}\s?(original message|ursprüngliche nachricht|message d'origine|mensaje original"
    r"|messaggio originale|oorspronkelijk bericht|mensagem original|ursprungligt meddelande)\s?-{3,}\s*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"""\W*(begin\ )?(forwarded\ message|weitergeleitete\ nachricht|message\ transféré|mensaje\ reenviado
    |messaggio\ inoltrato|doorgestuurd\ bericht|mensagem\ encaminhada|vidarebefordrat\ meddelande
    |anfang\ der\ weitergeleiteten\ (e-mail|nachricht)|début\ du\ message\ réexpédié|転送|转发|轉寄)""",
    re.IGNORECASE | re.VERBOSE,
)
_IS_FORWARD = re.compile(r"\s*(fwd?|wg|tr|rv|i|doorst|enc|vs|转发|轉寄|転送)\s*[:：]", re.IGNORECASE)
_ANSWERS_BELOW = re.compile(
    r"""below|beneath|in-?\s?line|in\ the\ text|between\ the|in\ (red|blue|green|bold|colou?r)|unten|im\ text
    |in\ (rot|blau|grün|farbe)|dessous|en\ (rouge|bleu|vert|rojo|azul|verde)|abajo|sotto|in\ (rosso|blu)
    |hieronder|in\ het\ (rood|blauw)|abaixo|em\ vermelho|nedan|i\ rött|nedenfor|alla\ olevat|poniżej|níže|ниже
    |下記|以下|下面|아래""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class _Quote:
    """Lines from `start` up to `end`; `intro` is where the sentence before them begins, if there is one."""

    start: int
    end: int
    intro: int | None


def trimmed(text: str, *, subject: str = "", is_answer: bool = True) -> str:
    """The text without what it quotes; all of it where nothing else is left, or where it answers nothing."""
    lines = text.split("\n")
    if (
        not is_answer
        or len(lines) > TRIMMED_LINES
        or _IS_FORWARD.match(subject)
        or any(map(_FORWARDED.match, lines))
    ):
        return text.strip("\n")
    left = "\n".join(_without_quotes(_without_old_mail(lines))).strip("\n ")
    return left or text.strip("\n")


def says_forwarded(line: str) -> bool:
    """Whether the line says that a mail which was passed on follows."""
    return _FORWARDED.match(line) is not None


def is_forward_subject(subject: str) -> bool:
    """Whether the subject says that a mail is passed on: Fwd, FW, WG, TR ..."""
    return _IS_FORWARD.match(subject) is not None


def is_header_of_old_mail(lines: Sequence[str], at: int) -> bool:
    """Whether the header that Outlook puts above an old mail begins at this line."""
    return _is_old_mail(lines, at)


def names_sender(line: str) -> bool:
    """Whether the line of such a header is its From, in any of the languages."""
    return _FROM.match(line) is not None


def names_subject(line: str) -> bool:
    """Whether the line of such a header is its Subject."""
    return _SUBJECT.match(line) is not None


def _without_old_mail(lines: list[str]) -> list[str]:
    """Up to the header that Outlook puts above the old mail, which carries no marks."""
    for at in range(len(lines)):
        if _is_old_mail(lines, at):
            above = "\n".join(lines[:at])
            is_between = any(map(_MARK.match, lines[at:]))
            is_told = _ANSWERS_BELOW.search(above[-SAID_ABOVE_CHARACTERS:])
            return lines if is_between or is_told or not above.strip() else _without_rule(lines[:at])
    return lines


def _is_old_mail(lines: Sequence[str], at: int) -> bool:
    if _OLD_MAIL.fullmatch(lines[at]):
        return True
    if not _FROM.match(lines[at]):
        return False
    head = lines[at : at + HEADER_LINES]
    return any(map(_SUBJECT.match, head)) and any(_YEAR.search(line) for line in head[1:4])


def _without_rule(lines: list[str]) -> list[str]:
    """Without the line that Outlook draws above the header."""
    return lines[:-1] if lines and len(lines[-1].strip()) > 8 and not lines[-1].strip(" _-") else lines


def _without_quotes(lines: list[str]) -> list[str]:
    """Without the only introduced quote, or of several the one that nothing follows: between the others
    stand answers, which nobody understands without them."""
    quotes = list(_quotes(lines))
    first = next((number for number, quote in enumerate(quotes) if quote.intro is not None), None)
    if first is None:
        return lines
    last = quotes[-1]
    is_last = not "".join(lines[last.end :]).strip()
    hidden = [quotes[first]] if len(quotes) - first == 1 else [last] if is_last else []
    for quote in hidden:
        lines = lines[: quote.start if quote.intro is None else quote.intro] + lines[quote.end :]
    return lines


def _quotes(lines: list[str]) -> Iterator[_Quote]:
    at = 0
    while (start := _next(lines, at, _is_marked)) is not None:
        end = start
        while end < len(lines) and (_is_marked(lines[end]) or _is_gap(lines, end)):
            end += 1
        yield _Quote(start, end, _intro(lines, start, at))
        at = end


def _next(lines: list[str], at: int, is_it: Callable[[str], bool]) -> int | None:
    return next((number for number in range(at, len(lines)) if is_it(lines[number])), None)


def _is_marked(line: str) -> bool:
    return _MARK.match(line) is not None


def _is_gap(lines: list[str], at: int) -> bool:
    """An empty line within a quote."""
    return not lines[at].strip() and at + 1 < len(lines) and _is_marked(lines[at + 1])


def _intro(lines: list[str], start: int, after: int) -> int | None:
    """Where the sentence begins that introduces the quote: above it, or as its own first lines."""
    above = start - 1
    while above >= after and not lines[above].strip():
        above -= 1
    for first in range(above, max(after, above - INTRO_LINES + 1) - 1, -1):
        if _introduces(lines[first : above + 1]):
            return first
    within = [_MARK.sub("", line) for line in lines[start : start + INTRO_LINES]]
    has_own = any(_introduces(within[:count]) for count in range(1, len(within) + 1))
    return start if has_own else None


def _introduces(lines: list[str]) -> bool:
    said = " ".join(lines).strip().rstrip("*")
    is_empty_between = any(not line.strip() for line in lines)
    if is_empty_between or not said.endswith((":", "：")) or not re.search(r"\d", said):
        return False
    return "@" in said or _WROTE.search(said) is not None
