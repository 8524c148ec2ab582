"""What software tells of its use: track, identify, group, page and batch, as Segment's HTTP tracking API.

The write key is the user of basic authentication. 200 is answered only once all that was taken is committed;
what cannot be taken is named, by its place in the batch and in words, and is not worth sending again.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from keepwell.api.rates import Rates
from keepwell.kit import clock
from keepwell.kit.refusals import Refused
from keepwell.usage.landing import land, note_refused
from keepwell.usage.models import Source
from keepwell.usage.taking.clock_skew import NoInstant, instant_in
from keepwell.usage.taking.limits import BATCH_BYTES
from keepwell.usage.taking.message import Event, MessageRefused, Received, event_in
from keepwell.usage.verbs.sources import source_of_key

# Whoever has no key is not worth many questions to the database.
STRANGERS_PER_SECOND = 20
NAMED_AT_MOST = 20

rates = Rates()


class CallRefused(Refused):
    """A call that is answered with `status`, and nothing of it is kept."""

    def __init__(self, status: HTTPStatus, words: str) -> None:
        super().__init__(words)
        self.status = status


@csrf_exempt
@require_POST
def one(request: HttpRequest, kind: str) -> HttpResponse:
    """One event of this kind. One that is too large for an event is read, to say which part of it is."""
    return _answered(request, kind)


@csrf_exempt
@require_POST
def batch(request: HttpRequest) -> HttpResponse:
    """Many events, each with its type."""
    return _answered(request, "")


def _answered(request: HttpRequest, kind: str) -> HttpResponse:
    try:
        source = _source(request)
        call = _call(request)
        messages = [{**call, "type": kind}] if kind else _batch(call)
        return _taken(source, messages, _sent_at(call))
    except CallRefused as refusal:
        response = JsonResponse({"success": False, "message": str(refusal)}, status=refusal.status)
        if refusal.status == HTTPStatus.UNAUTHORIZED:
            response["WWW-Authenticate"] = 'Basic realm="write key"'
        if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
            response["Retry-After"] = "1"
        return response


def _taken(source: Source, messages: Sequence[Any], sent_at: datetime | None) -> HttpResponse:
    at = clock.now()
    came = Received(received_at=at, sent_at=sent_at, salt=source.salt)
    events, refused = _sorted_out(messages, came)
    if events:
        land(source, events, at=at)
    if refused:
        note_refused(source, len(refused), refused[-1]["why"], at=at)
    answer = {
        "success": bool(events) or not refused,
        "taken": len(events),
        "apart": sum(1 for event in events if event.apart),
        "refused": refused[:NAMED_AT_MOST],
    }
    return JsonResponse(answer, status=HTTPStatus.OK if answer["success"] else HTTPStatus.BAD_REQUEST)


def _sorted_out(messages: Sequence[Any], came: Received) -> tuple[list[Event], list[dict[str, Any]]]:
    events, refused = [], []
    for index, message in enumerate(messages):
        try:
            events.append(event_in(message, came))
        except MessageRefused as refusal:
            refused.append({"index": index, "why": str(refusal)})
    return events, refused


def _source(request: HttpRequest) -> Source:
    key = _write_key(request.META.get("HTTP_AUTHORIZATION", ""))
    source = source_of_key(key) if _may_ask(request, key) else None
    if source is None:
        raise CallRefused(HTTPStatus.UNAUTHORIZED, _("The write key opens nothing. Nothing was kept."))
    if not rates.allows(f"source:{source.pk}", settings.KEEPWELL_USAGE_CALLS_PER_SECOND):
        raise CallRefused(
            HTTPStatus.TOO_MANY_REQUESTS,
            _("Too many calls in a second. Send this one again; nothing was kept."),
        )
    return source


def _may_ask(request: HttpRequest, key: str) -> bool:
    """Each key is looked up so often at most, and so are all keys that come from one address."""
    asked = f"from:{request.META.get('REMOTE_ADDR', '')}"
    most = STRANGERS_PER_SECOND + 2 * settings.KEEPWELL_USAGE_CALLS_PER_SECOND
    return bool(key) and rates.allows(asked, most)


def _write_key(header: str) -> str:
    scheme, _space, given = header.partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(given.strip(), validate=True).decode("utf-8").partition(":")[0]
    except (binascii.Error, ValueError):
        return ""


def _call(request: HttpRequest) -> dict[str, Any]:
    body = request.read(BATCH_BYTES + 1)
    if request.META.get("HTTP_CONTENT_ENCODING", "").lower() == "gzip":
        body = _unpacked(body)
    if len(body) > BATCH_BYTES:
        raise CallRefused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            _("At most %(most)s bytes are taken in one call. Nothing was kept.") % {"most": BATCH_BYTES},
        )
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        raise CallRefused(HTTPStatus.BAD_REQUEST, _("The JSON is broken. Nothing was kept.")) from None
    if not isinstance(call, dict):
        raise CallRefused(HTTPStatus.BAD_REQUEST, _("A JSON object is taken. Nothing was kept."))
    return call


def _unpacked(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, BATCH_BYTES + 1)
    except zlib.error:
        raise CallRefused(HTTPStatus.BAD_REQUEST, _("The gzip is broken. Nothing was kept.")) from None


def _batch(call: dict[str, Any]) -> list[Any]:
    messages = call.get("batch")
    if not isinstance(messages, list):
        raise CallRefused(HTTPStatus.BAD_REQUEST, _("There is no list called batch. Nothing was kept."))
    context = call.get("context")
    if not isinstance(context, dict):
        return messages
    # What stands beside the list holds for each that does not say otherwise.
    return [_with_context(message, context) for message in messages]


def _with_context(message: Any, context: dict[str, Any]) -> Any:
    if not isinstance(message, dict) or not isinstance(message.get("context", {}), dict):
        return message
    return {**message, "context": {**context, **message.get("context", {})}}


def _sent_at(call: dict[str, Any]) -> datetime | None:
    try:
        return instant_in(call.get("sentAt"))
    except NoInstant:
        raise CallRefused(
            HTTPStatus.BAD_REQUEST, _("sentAt is no instant as ISO 8601 writes them. Nothing was kept.")
        ) from None
