"""What the form templates need; they are rendered apart from the pages, so they load their own few tags."""

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.safestring import SafeString

from keepwell.kit import elements

register = template.Library()


@register.filter
def is_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.simple_tag
def warning_mark() -> SafeString:
    return elements.icon("circle-alert")


@register.simple_tag
def severity_mark(value: str) -> SafeString:
    return elements.severity(value)
