"""The addresses of the portal."""

from django.urls import path

from keepwell.portal.views import (
    case,
    cases,
    ending,
    engagements,
    enquiries,
    files,
    home,
    me,
    messages,
    new_case,
    people,
    service_levels,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("me/", me.me, name="me"),
    path("calendar/<slug:act>/", me.calendar_act, name="calendar_act"),
    path("engagements/", engagements.engagements, name="engagements"),
    path("engagements/<int:pk>/", engagements.engagement, name="engagement"),
    path("engagements/<int:pk>/time/", engagements.time, name="engagement_time"),
    path("engagements/<int:pk>/answer/", engagements.answer, name="engagement_answer"),
    path("engagements/<int:pk>/declining/", engagements.declining, name="engagement_declining"),
    path("engagements/<int:pk>/rating/", engagements.rating, name="engagement_rating"),
    path(
        "engagements/<int:pk>/actions/<int:action>/<slug:act>/",
        engagements.action_act,
        name="engagement_action_act",
    ),
    path("enquiries/new/", enquiries.new_enquiry, name="new_enquiry"),
    path("enquiries/<int:pk>/", enquiries.enquiry, name="enquiry"),
    path("enquiries/<int:pk>/withdrawal/", enquiries.withdrawal, name="enquiry_withdrawal"),
    path("service-levels/", service_levels.service_levels, name="service_levels"),
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", new_case.new_case, name="new_case"),
    path("cases/<int:number>/", case.case, name="case"),
    path("cases/<int:number>/standing/", case.standing, name="case_standing"),
    path("cases/<int:number>/thread/", case.thread, name="case_thread"),
    path("cases/<int:number>/messages/", messages.messages, name="case_messages"),
    path("cases/<int:number>/draft/", messages.draft, name="case_draft"),
    path("cases/<int:number>/closure/", ending.closure, name="case_closure"),
    path("cases/<int:number>/reopening/", ending.reopening, name="case_reopening"),
    path("cases/<int:number>/withdrawal/", ending.withdrawal, name="case_withdrawal"),
    path("cases/<int:number>/privacy/", people.privacy, name="case_privacy"),
    path("cases/<int:number>/participants/", people.participants, name="case_participants"),
    path(
        "cases/<int:number>/participants/<int:contact>/confirmation/",
        people.confirmation,
        name="case_participant_confirmation",
    ),
    path(
        "cases/<int:number>/participants/<int:contact>/removal/",
        people.removal,
        name="case_participant_removal",
    ),
    path("cases/<int:number>/files/<int:attachment>/", files.case_file, name="case_file"),
]
