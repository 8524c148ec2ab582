"""Mail that came in and that somebody has to look at."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk import house
from keepwell.desk.registry import RailEntry, register
from keepwell.desk.views.mail import acting, look, page
from keepwell.kit import clock

urlpatterns = [
    path("mail/", page.mails, name="inbound_mails"),
    path("mail/<int:pk>/", page.mail, name="inbound_mail"),
    path("mail/<int:pk>/original/", page.original, name="inbound_mail_original"),
    path("mail/<int:pk>/look/", look.look, name="inbound_mail_look"),
    path("mail/<int:pk>/html/", look.html, name="inbound_mail_html"),
    path("mail/<int:pk>/release/", acting.letting_in, name="inbound_mail_release"),
    path("mail/<int:pk>/side-release/", acting.letting_aside, name="inbound_mail_aside"),
    path("mail/<int:pk>/answer-release/", acting.letting_answer, name="inbound_mail_answer"),
    path("mail/<int:pk>/retry/", acting.retry, name="inbound_mail_retry"),
    path("mail/<int:pk>/spam/", acting.spam, name="inbound_mail_spam"),
    path("mail/<int:pk>/removal/", acting.removal, name="inbound_mail_removal"),
]

register(
    RailEntry(
        name="mail",
        position=450,
        permit=page.PERMIT,
        words=_("Mail"),
        icon="mail",
        url_name="desk:inbound_mails",
        count=lambda reader: house.seen(clock.now()).mails_to_look_at,
    )
)
