"""The style page: the look, shown live."""

from django.urls import path

from keepwell.desk.views import styleguide

urlpatterns = [
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/<slug:name>/", styleguide.styleguide_shell, name="styleguide_shell"),
]
