from datetime import timedelta

import pytest

from keepwell.conversations.tests.elm_falls import NOON, answered, file_of, said, words
from keepwell.conversations.thread import thread
from keepwell.conversations.verbs.noting import add_note
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.verbs.writing import write
from keepwell.kit.paging import BadCursor

MINUTE = timedelta(minutes=1)


def bodies(shown) -> list[str]:
    return [line.said.body for line in shown.lines]


def test_messages_and_notes_stand_in_one_line_of_time(elm, maria):
    said(elm.conversation, elm.dana, "one", NOON)
    add_note(elm.conversation, words("two"), by=maria, at=NOON + MINUTE)
    answered(elm.conversation, maria, "three", NOON + 2 * MINUTE)
    shown = thread(elm.conversation, maria)
    assert bodies(shown) == ["one", "two", "three"]
    assert [line.is_note for line in shown.lines] == [False, True, False]
    assert shown.earlier == ""


def test_a_customer_reads_no_note_and_nothing_that_waits(elm, maria):
    said(elm.conversation, elm.dana, "one", NOON)
    add_note(elm.conversation, words("two"), by=maria, at=NOON)
    write(elm.conversation, words("three"), by=maria, at=NOON)
    assert bodies(thread(elm.conversation, elm.dana.user)) == ["one"]
    assert bodies(thread(elm.conversation, elm.dana.contact)) == ["one"]


def test_what_was_taken_back_is_in_no_thread(elm, maria):
    undo(write(elm.conversation, words("oops"), by=maria, at=NOON), by=maria, at=NOON)
    assert bodies(thread(elm.conversation, maria)) == []


def test_a_reply_stands_where_it_left_not_where_it_was_written(elm, maria):
    message = write(elm.conversation, words("answer"), by=maria, at=NOON)
    said(elm.conversation, elm.dana, "more", NOON + timedelta(seconds=5))
    release(message, at=NOON + timedelta(seconds=10))
    assert bodies(thread(elm.conversation, maria)) == ["more", "answer"]


def test_files_stand_with_their_words_in_their_order(elm):
    files = [file_of(elm.dana.user, "b.png"), file_of(elm.dana.user, "a.png")]
    receive(elm.conversation, words("see", *files), by=elm.dana.user, at=NOON)
    [line] = thread(elm.conversation, elm.dana.user).lines
    assert [attachment.name for attachment in line.attachments] == ["b.png", "a.png"]


def test_a_long_thread_is_read_piece_by_piece_without_gap_or_repeat(elm, maria):
    # All at one instant: only the order among equals keeps the pieces apart.
    for number in range(11):
        said(elm.conversation, elm.dana, f"m{number}", NOON)
        add_note(elm.conversation, words(f"n{number}"), by=maria, at=NOON)
    pieces, cursor = [], ""
    while True:
        shown = thread(elm.conversation, maria, before=cursor, size=4)
        pieces.insert(0, bodies(shown))
        cursor = shown.earlier
        if not cursor:
            break
    assert [len(piece) for piece in pieces] == [2, 4, 4, 4, 4, 4]
    whole = bodies(thread(elm.conversation, maria))
    assert [body for piece in pieces for body in piece] == whole
    assert len(set(whole)) == 22


def test_new_words_do_not_move_the_pieces_that_were_read_before(elm, maria):
    for number in range(6):
        said(elm.conversation, elm.dana, f"m{number}", NOON + number * MINUTE)
    cursor = thread(elm.conversation, maria, size=3).earlier
    said(elm.conversation, elm.dana, "new", NOON + timedelta(hours=1))
    assert bodies(thread(elm.conversation, maria, before=cursor, size=3)) == ["m0", "m1", "m2"]


def test_a_cursor_that_was_made_up_is_noticed(elm, maria):
    with pytest.raises(BadCursor):
        thread(elm.conversation, maria, before="eyJh:1")


@pytest.mark.parametrize("count", [3, 60])
def test_a_thread_costs_the_same_queries_whatever_its_length(elm, maria, count, django_assert_num_queries):
    for number in range(count):
        at = NOON + number * MINUTE
        receive(elm.conversation, words("see", file_of(elm.dana.user)), by=elm.dana.user, at=at)
        answered(elm.conversation, maria, "yes", at)
        add_note(elm.conversation, words(f"hm {number}", file_of(maria)), by=maria, at=at)
    assert maria.roles
    with django_assert_num_queries(2):
        shown = thread(elm.conversation, maria)
        for line in shown.lines:
            _read_all_of(line)
    assert len(shown.lines) == 3 * count


def _read_all_of(line) -> list[str]:
    writer = line.said.author if line.is_note else line.said.author_user or line.said.author_contact
    return [writer.name or line.author_email, *(f"{file.name} {file.size}" for file in line.attachments)]
