"""On call: who is asked outside the support hours, and answering."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import SettingsPage, register
from keepwell.desk.views.on_call import answering, coming, rotas

urlpatterns = [
    path("on-call/", coming.on_call, name="on_call"),
    path("on-call/new/", rotas.new_rota, name="new_rota"),
    path("on-call/<int:pk>/", rotas.rota, name="rota"),
    path("on-call/<int:pk>/end/", rotas.end, name="rota_end"),
    path("on-call/<int:pk>/stand-ins/", rotas.stand_ins, name="rota_stand_ins"),
    path(
        "on-call/<int:pk>/stand-ins/<int:stand_in>/withdrawal/",
        rotas.stand_in_back,
        name="rota_stand_in_withdrawal",
    ),
    path("call-outs/<int:pk>/", answering.call_out, name="call_out"),
]

register(
    SettingsPage(
        name="on_call",
        position=25,
        permit="settings.teams",
        group=_("Who works here"),
        words=_("On call"),
        about=_("Who is asked for a case of High outside the support hours, and where nobody is"),
        icon="phone-call",
        url_name="desk:on_call",
    )
)
