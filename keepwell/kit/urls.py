"""Addresses that every face shares."""

from django.urls import path

from keepwell.kit.scheme import choose_scheme

app_name = "kit"
urlpatterns = [path("scheme/", choose_scheme, name="scheme")]
