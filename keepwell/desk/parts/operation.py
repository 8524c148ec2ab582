"""Settings: what the installation is called, what it sends, what it recorded, what is brought in."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import SettingsPage, register
from keepwell.desk.views.settings import (
    brand,
    imports,
    journal,
    mail_hooks,
    mailbox_sign_in,
    mailboxes,
    outbox,
)

GROUP = _("This installation")

urlpatterns = [
    path("settings/brand/", brand.brand, name="brand"),
    path("settings/brand/preview/", brand.brand_preview, name="brand_preview"),
    path("settings/brand/new/", brand.new_brand, name="new_brand"),
    path("settings/brand/<int:pk>/", brand.other_brand, name="other_brand"),
    path("settings/brand/<int:pk>/preview/", brand.other_brand_preview, name="other_brand_preview"),
    path("settings/outbox/", outbox.outbox, name="outbox"),
    path("settings/outbox/<int:pk>/", outbox.mail, name="mail"),
    path("settings/outbox/<int:pk>/<slug:act>/", outbox.mail_act, name="mail_act"),
    path("settings/mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("settings/mailboxes/new/", mailboxes.new_mailbox, name="new_mailbox"),
    path("settings/mailboxes/<int:pk>/", mailboxes.mailbox, name="mailbox"),
    path("settings/mailboxes/<int:pk>/trial/", mailboxes.try_mailbox, name="mailbox_trial"),
    path("settings/mailboxes/provider/", mail_hooks.new_hook, name="new_mail_hook"),
    path("settings/mailboxes/provider/<int:pk>/", mail_hooks.hook, name="mail_hook"),
    path("settings/mailboxes/provider/<int:pk>/removal/", mail_hooks.remove_hook, name="mail_hook_removal"),
    path("settings/mailboxes/signed-in/", mailbox_sign_in.mailbox_consented, name="mailbox_consented"),
    path("settings/mailboxes/<int:pk>/sign-in/", mailbox_sign_in.mailbox_sign_in, name="mailbox_sign_in"),
    path("settings/mailboxes/<int:pk>/consent/", mailbox_sign_in.mailbox_consent, name="mailbox_consent"),
    path("settings/mailboxes/<int:pk>/brand/", mailboxes.mailbox_brand, name="mailbox_brand"),
    path("settings/mailboxes/<int:pk>/use/", mailboxes.mailbox_use, name="mailbox_use"),
    path("settings/mailboxes/<int:pk>/mails/<int:mail>/", mailboxes.mail_again, name="mail_again"),
    path("settings/import/", imports.imports, name="imports"),
    path("settings/import/<slug:kind>.csv", imports.import_pattern, name="import_pattern"),
    path("settings/journal/", journal.journal, name="journal"),
]

register(
    SettingsPage(
        name="brand",
        position=60,
        permit="settings.brand",
        group=GROUP,
        words=_("Brand"),
        about=_("Name, sender, colour, and the words around mails"),
        icon="palette",
        url_name="desk:brand",
    ),
    SettingsPage(
        name="mailboxes",
        position=65,
        permit="settings.mailboxes",
        group=GROUP,
        words=_("Mailboxes"),
        about=_("Where mail from customers is fetched from, and whether it is"),
        icon="mailbox",
        url_name="desk:mailboxes",
    ),
    SettingsPage(
        name="outbox",
        position=70,
        permit="outbox.read",
        group=GROUP,
        words=_("Outbox"),
        about=_("Every mail: waiting, sent, failed, and why"),
        icon="send",
        url_name="desk:outbox",
    ),
    SettingsPage(
        name="imports",
        position=80,
        permit="import.run",
        group=GROUP,
        words=_("Import"),
        about=_("Accounts, contacts, products, staff and contracts from CSV files"),
        icon="file-up",
        url_name="desk:imports",
    ),
    SettingsPage(
        name="journal",
        position=90,
        permit="journal.see",
        group=GROUP,
        words=_("Journal"),
        about=_("Everything that happened, once, never changed"),
        icon="history",
        url_name="desk:journal",
    ),
)
