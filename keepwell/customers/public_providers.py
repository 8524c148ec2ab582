"""Mail domains that anybody can have an address in, and that therefore belong to no account.

The providers with the most users, by their published domains. Missing one does no harm by itself: a
domain says where a newcomer belongs only after somebody here verified it.
"""

PUBLIC_PROVIDERS = frozenset(
    """
    126.com 163.com aim.com aol.com att.net bellsouth.net bigpond.com bluewin.ch bt.com btinternet.com
    charter.net comcast.net cox.net earthlink.net email.com fastmail.com fastmail.fm free.fr frontier.com
    gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com
    hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com icloud.com inbox.com inbox.lv juno.com
    laposte.net libero.it live.co.uk live.com live.de live.fr live.nl mac.com mail.com mail.de mail.ru
    mailbox.org me.com msn.com naver.com netscape.net netzero.net o2.pl optonline.net orange.fr outlook.com
    outlook.de outlook.es outlook.fr pm.me posteo.de proton.me protonmail.ch protonmail.com qq.com
    rediffmail.com rocketmail.com rogers.com sbcglobal.net seznam.cz sfr.fr shaw.ca sky.com startmail.com
    sympatico.ca t-online.de telus.net tiscali.it tuta.com tutanota.com verizon.net virgilio.it web.de
    windstream.net wanadoo.fr wp.pl yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.de yahoo.es
    yahoo.fr yahoo.it yandex.com yandex.ru ymail.com ziggo.nl zoho.com
    """.split()  # noqa: SIM905 - a list of words is read as words
)


def is_public_provider(domain: str) -> bool:
    return domain.lower() in PUBLIC_PROVIDERS
