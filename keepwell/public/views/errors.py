"""What is said when a page cannot do what was asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the sign that it is ours: most often a page left open over a sign-out."""
    return render(request, "public/form_expired.html", status=403)
