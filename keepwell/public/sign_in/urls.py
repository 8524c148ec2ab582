"""Addresses of signing in. What allauth would let people do by themselves here only an administrator does."""

from __future__ import annotations

from django.urls import include, path

from keepwell.public.sign_in.views import closed

urlpatterns = [
    path("signup/", closed),
    path("email/", closed),
    path("confirm-email/", closed),
    path("confirm-email/<key>/", closed),
    path("password/set/", closed),
    path("", include("allauth.urls")),
]
