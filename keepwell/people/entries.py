"""What is recorded about people: that something changed and which roles, never who they are."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("person.added", words=_("Added"), facts={"roles": list})
declare("person.changed", words=_("Name or language changed"), facts={"fields": list})
declare("person.role_granted", words=_("Role %(role)s given"), facts={"role": str})
declare("person.role_withdrawn", words=_("Role %(role)s withdrawn"), facts={"role": str})
declare("person.deactivated", words=_("Sign-in closed"))
declare("person.reactivated", words=_("Sign-in opened again"))
declare("person.erased", words=_("Name and address erased"))
declare("person.signed_in", words=_("Signed in"), facts={"method": str})
declare("person.signed_out", words=_("Signed out"))
declare("person.password_changed", words=_("Password changed"))
