"""Identity of companies by exact keys, and who may change a card."""

import re
from collections.abc import Mapping

FREE_MAIL = frozenset(
    """aol.com arcor.de bluewin.ch email.de freenet.de fastmail.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com
    hotmail.com hotmail.de hotmail.fr icloud.com kabelmail.de laposte.net libero.it live.com live.de mac.com magenta.de mail.com
    mail.de mail.ru mailbox.org me.com msn.com online.de orange.fr outlook.com outlook.de posteo.de posteo.net proton.me
    protonmail.com qq.com rocketmail.com seznam.cz t-online.de tutanota.com vodafone.de wanadoo.fr web.de yahoo.co.uk yahoo.com
    yahoo.de yahoo.fr yandex.ru ymail.com zoho.com""".split()
)


def domain_of(website: str) -> str:
    """The registered-looking host of a website or e-mail address; empty for none and for free mail providers.

    >>> domain_of("https://www.Hafen-Logistik.de/kontakt"), domain_of("petra@lindhall.se"), domain_of("a@gmail.com")
    ('hafen-logistik.de', 'lindhall.se', '')
    """
    host = re.sub(r"^[a-z]+://", "", website.strip().lower()).split("@")[-1].split("/")[0].split(":")[0]
    host = host.removeprefix("www.").rstrip(".")
    return host if "." in host and host not in FREE_MAIL and " " not in host else ""


def only(pattern: str, text: str) -> str:
    """`text` in capitals with nothing but the characters of `pattern`."""
    return re.sub(rf"[^{pattern}]", "", text.upper())


def keys_of(card: Mapping[str, str]) -> list[tuple[str, str]]:
    """The exact identity keys (kind, value) of a card.

    >>> keys_of({"website": "www.acme.com", "registration": "HRB 12 345", "phone": "+49 (0)40 1234567"})
    [('domain', 'acme.com'), ('registration', 'HRB12345'), ('phone', '490401234567')]
    """
    found = [
        ("domain", domain_of(card.get("domain", "") or card.get("website", ""))),
        ("registration", only("A-Z0-9", card.get("registration", ""))),
        ("tax_number", only("A-Z0-9", card.get("tax_number", ""))),
        ("phone", only("0-9", card.get("phone", ""))),
    ]
    return [(kind, value) for kind, value in found if len(value) >= 5]
