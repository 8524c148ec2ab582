"""Letters of success and account managers to contacts."""

from django.urls import path

from keepwell.desk.registry import TodayCard, register
from keepwell.desk.views.success import letters

urlpatterns = [
    path("letters/", letters.letters, name="letters"),
    path("letters/new/", letters.letters_to_many, name="letters_to_many"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/answer/", letters.letter_answer, name="letter_answer"),
    path("letters/<int:pk>/messages/<int:message>/undo/", letters.letter_undo, name="letter_undo"),
    path("accounts/<int:pk>/letters/new/", letters.new_letter, name="new_letter"),
]

register(
    TodayCard(name="letters", position=110, template="desk/letters/_today.html", context=letters.today_card),
)
