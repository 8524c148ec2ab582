"""What entries of enquiries are about."""

from __future__ import annotations

from keepwell.enquiries.models import Enquiry
from keepwell.journal.recording import Subject


def subjects_of(enquiry: Enquiry) -> list[Subject]:
    return [
        ("enquiry", enquiry.pk),
        ("account", enquiry.account_id),
        ("contact", enquiry.contact_id),
        ("conversation", enquiry.conversation_id),
    ]
