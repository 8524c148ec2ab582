"""Settings: products and their modules."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import SettingsPage, register
from keepwell.desk.views.settings import products, versions

urlpatterns = [
    path("settings/products/", products.products, name="products"),
    path("settings/products/new/", products.new_product, name="new_product"),
    path("settings/products/<int:pk>/", products.product, name="product"),
    path("settings/products/<int:pk>/offer/", products.offer, name="product_offer"),
    path("settings/products/<int:pk>/brand/", products.product_brand, name="product_brand"),
    path("settings/products/<int:pk>/modules/", products.new_module, name="modules"),
    path(
        "settings/products/<int:pk>/modules/<int:module>/",
        products.module,
        name="module",
    ),
    path(
        "settings/products/<int:pk>/modules/<int:module>/retirement/",
        products.retire_module,
        name="module_retirement",
    ),
    path("settings/products/<int:pk>/versions/new/", versions.new_version, name="new_product_version"),
    path("settings/products/<int:pk>/versions/<int:version>/", versions.version, name="product_version"),
    path(
        "settings/products/<int:pk>/versions/<int:version>/removal/",
        versions.removal,
        name="product_version_removal",
    ),
]

register(
    SettingsPage(
        name="products",
        position=30,
        permit="settings.products",
        group=_("What is supported"),
        words=_("Products"),
        about=_("What customers run and ask about, with its modules"),
        icon="package",
        url_name="desk:products",
    )
)
