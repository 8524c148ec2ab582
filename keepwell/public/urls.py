"""The addresses of the public site."""

from django.urls import path

from keepwell.public.views import asking, booking, calendars, csp, following, landing, letters, mail_hooks

app_name = "public"
urlpatterns = [
    path("", landing.landing, name="landing"),
    path("ask/", asking.ask, name="ask"),
    path("ask/<uuid:key>/", asking.receipt, name="receipt"),
    path("follow/<int:number>/", following.follow, name="follow"),
    path("follow/<int:number>/code/", following.new_code, name="new_code"),
    path("book/<str:token>/", booking.book, name="book"),
    path("no-more-letters/<str:token>/", letters.no_more, name="no_more_letters"),
    path("calendar/<str:token>.ics", calendars.calendar, name="calendar"),
    path("hooks/mail/<str:key>/", mail_hooks.mail_hook, name="mail_hook"),
    path("hooks/mail/<str:key>/mime", mail_hooks.mail_hook, name="mail_hook_mime"),
    path("csp-report/", csp.csp_report, name="csp_report"),
    path("robots.txt", landing.robots, name="robots"),
]
