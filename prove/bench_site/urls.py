"""The product's addresses and the bare view: one row and one template, behind the same middlewares."""

from django.http import HttpRequest, HttpResponse  # noqa: TID251 - a page, though not of the product
from django.shortcuts import render  # noqa: TID251
from django.urls import include, path

from keepwell.customers.models import Account


def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "bare.html", {"account": Account.objects.order_by("pk").first()})


urlpatterns = [path("bare/", bare), path("", include("keepwell.config.urls"))]
