"""What the vendor sells and supports, with its modules."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.customers.models import Module, Product
from keepwell.customers.verbs import products as verbs
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.forms.brand import BrandChoiceForm
from keepwell.desk.forms.products import MeasuredForm, NameForm
from keepwell.desk.views.settings.versions import versions_shown
from keepwell.kit.toasting import say_next

PERMIT = "settings.products"


@require_safe
@needs(PERMIT)
def products(request: HttpRequest) -> HttpResponse:
    running = Count("deployments", filter=Q(deployments__retired_at__isnull=True))
    modules = Prefetch("modules", Module.objects.filter(is_active=True).order_by("name"), to_attr="parts")
    rows = Product.objects.annotate(running=running).prefetch_related(modules)
    return render(request, "desk/settings/products.html", {"products": rows.order_by("-is_active", "name")})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_product(request: HttpRequest) -> HttpResponse:
    back = reverse("desk:products")
    page = FormPage(
        title=_("New product"),
        save=_("Add"),
        back=back,
        done=_("Added."),
        trail=[(_("Products"), back), (_("New product"), "")],
        template="desk/settings/form_page.html",
    )
    form = NameForm(posted(request))
    return form_page(request, form, page, lambda wanted: verbs.add_product(**wanted, by=reader(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """The product's name; posting renames it."""
    found = get_object_or_404(Product, pk=pk)
    form = NameForm(posted(request), initial={"name": found.name}, prefix="product")
    if request.method == "POST" and done(
        form, lambda wanted: verbs.rename_product(found, wanted["name"], by=reader(request))
    ):
        say_next(request, _("Saved."))
        return redirect("desk:product", pk=pk)
    return _product_page(request, found, renaming=form)


@require_POST
@needs(PERMIT)
def product_brand(request: HttpRequest, pk: int) -> HttpResponse:
    """Who speaks for the product."""
    found = get_object_or_404(Product, pk=pk)
    form = _brand_form(found, request.POST)
    if done(form, lambda _wanted: verbs.speak_for(found, form.wanted, by=reader(request))):
        say_next(request, _("Saved."))
        return redirect("desk:product", pk=pk)
    return _product_page(request, found, branding=form)


@require_POST
@needs(PERMIT)
def new_module(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Product, pk=pk)
    form = NameForm(request.POST, prefix="module")
    if done(form, lambda wanted: verbs.add_module(found, wanted["name"], by=reader(request))):
        return redirect("desk:product", pk=pk)
    return _product_page(request, found, adding=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def module(request: HttpRequest, pk: int, module: int) -> HttpResponse:
    """What the use of a module is known by; posting changes that."""
    found = get_object_or_404(Module.objects.select_related("product"), pk=module, product=pk)
    form = MeasuredForm(posted(request), module=found)
    if request.method == "POST" and done(
        form,
        lambda wanted: verbs.measure_module(
            found, wanted["core_events"].splitlines(), wanted["half_life_days"], by=reader(request)
        ),
    ):
        say_next(request, _("Saved."))
        return redirect("desk:product", pk=pk)
    product_page = (found.product.name, reverse("desk:product", args=[pk]))
    trail = [(_("Products"), reverse("desk:products")), product_page, (found.name, "")]
    given = {"module": found, "form": form, "trail": trail}
    return render(request, "desk/settings/module.html", given, status=422 if form.errors else 200)


@require_POST
@needs(PERMIT)
def retire_module(request: HttpRequest, pk: int, module: int) -> HttpResponse:
    verbs.retire_module(get_object_or_404(Module, pk=module, product=pk), by=reader(request))
    return redirect("desk:product", pk=pk)


@require_POST
@needs(PERMIT)
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """The product is no longer offered, or again."""
    found = get_object_or_404(Product, pk=pk)
    do = verbs.resume_product if request.POST.get("offered") else verbs.retire_product
    do(found, by=reader(request))
    return redirect("desk:product", pk=pk)


def _brand_form(found: Product, data: QueryDict | None = None) -> BrandChoiceForm:
    return BrandChoiceForm(data, chosen=found.brand, otherwise=_("The vendor's own"))


def _product_page(
    request: HttpRequest,
    found: Product,
    *,
    renaming: NameForm | None = None,
    adding: NameForm | None = None,
    branding: BrandChoiceForm | None = None,
) -> HttpResponse:
    spoken = branding or _brand_form(found)
    given: dict[str, Any] = {
        "product": found,
        "modules": found.modules.filter(is_active=True),
        "versions": versions_shown(found),
        "renaming": renaming or NameForm(initial={"name": found.name}, prefix="product"),
        "adding": adding or NameForm(prefix="module"),
        "brand_form": spoken if spoken.is_a_choice else None,
        "brand_url": reverse("desk:product_brand", args=[found.pk]),
        "trail": [(_("Products"), reverse("desk:products")), (found.name, "")],
    }
    has_errors = any(form.errors for form in (given["renaming"], given["adding"], spoken))
    return render(request, "desk/settings/product.html", given, status=422 if has_errors else 200)
