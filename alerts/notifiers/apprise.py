"""What else there is, by `apprise`: Telegram, Teams, ntfy, Matrix and a hundred more.

A contact names an entry (``apprise: khoa://ten``) of the file ``apprise_urls_file``, for the address itself holds the
secret and must stand in no row. The library is imported when the first such message goes out; certificates are
verified, redirects not followed, and services of this machine (its desktop, its log) refused, for they reach nobody.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from alerts import notice_words as words
from alerts.notifiers.channel import Words, down, later, never
from alerts.notifiers.secrets import pairs_of
from config.settings import Settings

SCHEME = "khoa://"
_LOCAL = frozenset({"dbus", "gio", "glib", "gnome", "kde", "macosx", "qt", "syslog", "windows"})


class AppriseNotifier:
    """One service of the file."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def send(self, message: Words, /) -> str:
        """Returns the name of the service; apprise itself gives no receipt."""
        if not message.to.startswith(SCHEME):
            raise never(words.APPRISE_NO_NAME)
        name = message.to.removeprefix(SCHEME)
        settings = self._settings
        url = pairs_of(settings.apprise_urls_file, "apprise_urls_file", settings.home).get(name)
        if url is None:
            raise later(words.APPRISE_UNKNOWN.format(name=name))
        _check(url, name)
        try:
            import apprise
        except ImportError as bad:
            raise down(words.APPRISE_MISSING) from bad
        asset = apprise.AppriseAsset(
            app_id="Hai Dang",
            async_mode=False,
            http_redirects=False,
            storage_mode=apprise.PersistentStoreMode.MEMORY,
            secure_logging=True,
        )
        service = apprise.Apprise(asset=asset)
        if not service.add(url):
            raise never(words.APPRISE_BAD_URL.format(name=name))
        kind = apprise.NotifyType.WARNING if message.urgent else apprise.NotifyType.INFO
        try:
            sent = service.notify(
                body=message.text, title=message.subject, notify_type=kind, body_format=apprise.NotifyFormat.TEXT
            )
        except Exception as bad:  # a plug-in of a hundred: whatever it raises, this service did not take the message
            raise later(words.APPRISE_BROKE.format(name=name, reason=type(bad).__name__)) from None
        if not sent:
            raise later(words.APPRISE_NOT_SENT.format(name=name))
        return name


def _check(url: str, name: str) -> None:
    scheme = url.partition("://")[0].lower()
    if scheme in _LOCAL:
        raise never(words.APPRISE_LOCAL.format(name=name))
    try:
        query = dict(parse_qsl(urlsplit(url).query))
    except ValueError as bad:
        raise never(words.APPRISE_BAD_URL.format(name=name)) from bad
    if query.get("verify", "yes").lower() not in ("yes", "true", "1", "on"):
        raise never(words.APPRISE_UNVERIFIED.format(name=name))
    if query.get("redirect", "no").lower() not in ("no", "false", "0", "off"):
        raise never(words.APPRISE_REDIRECTS.format(name=name))
