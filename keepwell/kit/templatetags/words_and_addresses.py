"""Django's {% translate %} and {% url %} in every template, with what is always the same remembered.

They stand a hundred times on a page. What is said or reversed stays what it was: only words that stand in the
template are remembered, and addresses without their numbers; all else these tags can do Django does.
"""

from __future__ import annotations

from django import template
from django.template.base import Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from keepwell.kit.addresses import address
from keepwell.kit.remembering import remembered

register = template.Library()


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    node: TranslateNode = do_translate(parser, token)
    literal = node.filter_expression.var.literal
    is_plain = isinstance(literal, str) and not node.filter_expression.filters
    if not is_plain or node.noop or node.message_context:
        return node
    return Words(literal, node.asvar)


class Words(Node):
    child_nodelists = ()

    def __init__(self, words: str, asvar: str | None) -> None:
        self.words = words
        self.asvar = asvar

    def render(self, context: Context) -> SafeString:
        said = _said(self.words)
        if not self.asvar:
            return said
        context[self.asvar] = said
        return mark_safe("")


@remembered(4096)
def _said(words: str) -> SafeString:
    # Percent signs are doubled in catalogues, as in every pattern; what stands in a template is safe.
    return mark_safe(gettext(words.replace("%", "%%")).replace("%%", "%"))


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    node = django_url(parser, token)
    return node if node.kwargs else Address(node.view_name, node.args, {}, node.asvar)


class Address(URLNode):
    def render(self, context: Context) -> str:
        found = self._found(context)
        if not self.asvar:
            return conditional_escape(found) if context.autoescape else found
        context[self.asvar] = found
        return ""

    def _found(self, context: Context) -> str:
        given = [part.resolve(context) for part in self.args]
        try:
            return address(self.view_name.resolve(context), *given)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            return ""
