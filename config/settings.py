"""Settings of one installation: built once from the environment and ``HAIDANG_HOME/settings.yml``, then passed in.

The environment wins over the file (`HAIDANG_SMTP_HOST` over `smtp_host:`). Nothing reads the environment later.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import platformdirs
import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from store.errors import ConfigError

PREFIX = "HAIDANG_"
_ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+|[^<>@]+<[^@\s<>,]+@[^@\s<>,]+>")
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.\-\[\]:]+(?:/[A-Za-z0-9._~/-]*)?")
_HEADER = re.compile(r"[A-Za-z0-9-]{1,60}: [\x20-\x7e]{0,500}")
_PLACE = re.compile(r"\{([a-z0-9_]+)\}")
SMS_PLACES = frozenset({"to", "to_local", "to_plus", "text", "key", "secret"})
"""What an SMS gateway's template may name: 8491…, 091…, +8491…, the words, the idempotency key, the secret."""
WANTED = {
    "tuple_type": 'phải là một danh sách, ví dụ ["a@coquan.vn", "b@coquan.vn"]',
    "int_parsing": "phải là số nguyên",
    "int_type": "phải là số nguyên",
    "float_parsing": "phải là một số",
    "bool_parsing": "phải là true hoặc false",
    "string_pattern_mismatch": "không đúng dạng",
    "string_type": "phải là chữ; đặt trong dấu ngoặc kép",
}
_LISTS = ("recipients", "administrators", "sms_headers")
OFFICIAL_APIS = {
    "youtube_api": "https://www.googleapis.com/",
    "facebook_api": "https://graph.facebook.com/",
    "zalo_api": "https://openapi.zalo.me/",
}
"""These requests carry a key of the department's: nowhere else may they go (or to this machine, in tests)."""
SHIPPED = Path(__file__).resolve().parent
"""The folder of shipped, read-only defaults (sources, gazetteer, topics)."""


class Settings(BaseModel):
    """Frozen. Paths are absolute; durations are seconds; see ``docs/settings.md`` for each in words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path
    timezone: str = "Asia/Ho_Chi_Minh"
    department: str = "Sở Giáo dục và Đào tạo Hải Phòng"

    # crawling
    contact: str = Field(default="", description="address or URL named in the User-Agent")
    http_proxy: str | None = Field(default=None, description="http://host:port for every fetch")
    allow_loopback: bool = Field(default=False, description="let the guard through to 127.0.0.0/8 (tests, demo)")
    host_delay_s: Annotated[float, Field(ge=0, le=600)] = 5.0
    fetch_timeout_s: Annotated[float, Field(gt=0, le=300)] = 30.0
    max_body_bytes: Annotated[int, Field(gt=0)] = 10_000_000
    sources_dir: Path | None = Field(default=None, description="own source files beside the shipped ones")
    youtube_key_file: Path | None = Field(default=None, description="file with the key of the YouTube Data API")
    facebook_token_file: Path | None = Field(default=None, description="file with a token of the Graph API")
    zalo_token_file: Path | None = Field(default=None, description="file with a token of the Zalo OA API")
    youtube_api: str = "https://www.googleapis.com/youtube/v3"
    facebook_api: str = "https://graph.facebook.com/v23.0"
    zalo_api: str = "https://openapi.zalo.me"
    only_own_sources: bool = Field(default=False, description="leave the shipped sources out")

    # digest
    digest_at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "06:30"
    recipients: Annotated[tuple[str, ...], Field(description="e-mail addresses of the daily digest")] = ()
    digest_release: Annotated[str, Field(pattern="^(by_hand|automatic)$")] = "by_hand"
    digest_release_by: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "07:15"
    weekly_digest_at: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "15:00"
    administrators: Annotated[tuple[str, ...], Field(description="e-mail addresses told of a source in trouble")] = ()

    # candidates
    candidates_per_day: Annotated[int, Field(ge=1, le=1000, description="how many an inspector can look at a day")] = 10

    # e-mail
    smtp_host: str = ""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 25
    smtp_security: Annotated[str, Field(pattern="^(none|starttls|tls)$")] = "none"
    smtp_user: str = ""
    smtp_password_file: Path | None = None
    smtp_from: str = ""

    # telling people (docs/delivery.md)
    notice_apart_minutes: Annotated[int, Field(ge=0, le=120, description="least between two messages to one")] = 5
    notices_per_hour: Annotated[int, Field(ge=1, le=600, description="most messages an hour to one address")] = 12
    route_test_monthly: bool = Field(default=True, description="once a month a test message to every address")
    sms_url: str = Field(default="", description="the SMS gateway, with {to} {text} {key} {secret} where it wants them")
    sms_method: Annotated[str, Field(pattern="^(GET|POST)$")] = "POST"
    sms_headers: tuple[str, ...] = Field(default=(), description="lines `Name: value` with the same words in braces")
    sms_body: str = Field(default="", description="the body of the request; JSON or form by its Content-Type")
    sms_secret_file: Path | None = Field(default=None, description="file with what stands for {secret}")
    sms_success: str = Field(default="", description="regular expression that an accepting answer holds")
    sms_refused: str = Field(default="", description="… that an answer holds which refuses this number for good")
    sms_receipt: str = Field(default="", description="… whose first group is the gateway's number of the message")
    sms_plain: bool = Field(default=True, description="without diacritics: 160 letters a message instead of 70")
    sms_most_chars: Annotated[int, Field(ge=70, le=1000)] = 306
    heartbeat_url: str = Field(default="", description="asked after each look of the auditor: who watches it elsewhere")
    webhook_secrets_file: Path | None = Field(default=None, description="lines `host secret`; nothing goes elsewhere")
    apprise_urls_file: Path | None = Field(default=None, description="lines `name address` of apprise")

    # desk
    desk_url: str = Field(default="", description="where people open the desk: what links in messages begin with")
    desk_host: str = "127.0.0.1"
    desk_port: Annotated[int, Field(ge=1, le=65535)] = 8420

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as bad:
            raise ValueError("không có múi giờ này; ví dụ Asia/Ho_Chi_Minh") from bad
        return value

    @field_validator("recipients", "administrators")
    @classmethod
    def _addresses(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if not _ADDRESS.fullmatch(value):
                raise ValueError(f"{value!r} không phải địa chỉ thư; viết dạng ten@coquan.vn")
        return values

    @model_validator(mode="after")
    def _keys_stay_at_home(self) -> Settings:
        for name, home in OFFICIAL_APIS.items():
            address = getattr(self, name)
            here = self.allow_loopback and re.match(r"http://127\.0\.0\.1(?::\d{1,5})?(?:/|$)", address)
            if not (here or (address + "/").startswith(home)):
                raise ValueError(f"{name}: phải bắt đầu bằng {home} (khóa không được gửi đi nơi khác)")
        return self

    @field_validator("desk_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if value and not _PLAIN_URL.fullmatch(value):
            raise ValueError("viết dạng https://haidang.coquan.vn: không kèm tài khoản, dấu ? hay dấu #")
        return value.rstrip("/")

    @field_validator("sms_success", "sms_refused", "sms_receipt")
    @classmethod
    def _expression(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as bad:
            raise ValueError(f"không phải biểu thức chính quy ({bad})") from bad
        return value

    @field_validator("sms_headers")
    @classmethod
    def _header_lines(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if not _HEADER.fullmatch(value):
                raise ValueError(f"{value!r} không đúng dạng `Tên: giá trị`")
        return values

    @model_validator(mode="after")
    def _sms_can_be_filled(self) -> Settings:
        for name in ("sms_url", "sms_body"):
            unknown = sorted(set(_PLACE.findall(getattr(self, name))) - SMS_PLACES)
            if unknown:
                known = " ".join(f"{{{place}}}" for place in sorted(SMS_PLACES))
                raise ValueError(f"{name}: không có chỗ điền {{{unknown[0]}}}; có: {known}")
        if self.sms_url:
            told = self.sms_url + self.sms_body
            if not ("{to" in told and "{text}" in told):
                raise ValueError("sms_url: thiếu chỗ điền {to} hoặc {text} (trong sms_url hay sms_body)")
            if "{" in self.sms_url.partition("?")[0]:
                raise ValueError("sms_url: chỗ điền chỉ được đứng sau dấu ? (máy chủ và đường dẫn phải cố định)")
        return self

    @property
    def database(self) -> Path:
        """The one SQLite file."""
        return self.home / "haidang.sqlite"

    @property
    def desk(self) -> str:
        """Where the desk answers."""
        return f"http://{self.desk_host}:{self.desk_port}"

    @property
    def own_sources(self) -> Path | None:
        """Where this installation's own source files lie: ``sources_dir``, else home's ``sources`` if it is there."""
        usual = self.home / "sources"
        return self.sources_dir or (usual if usual.is_dir() else None)

    @property
    def bodies(self) -> Path:
        """Compressed page bodies by hash."""
        return self.home / "bodies"

    @property
    def digests(self) -> Path:
        """Rendered digests, for people to open."""
        return self.home / "digests"


def default_home() -> Path:
    """The platform's user data folder; a folder created there is ours alone."""
    return Path(platformdirs.user_data_dir("haidang", appauthor=False))


def load_settings(env: Mapping[str, str] | None = None, home: Path | None = None, **overrides: Any) -> Settings:
    """Build the settings. Raises :class:`ConfigError` naming the variable, or the file and line, and the fix."""
    env = os.environ if env is None else env
    home = home or Path(env.get(PREFIX + "HOME") or default_home())
    home = home.expanduser().absolute()
    from_file, lines = _read_file(home / "settings.yml")
    from_env = {
        name: _split(name, env[PREFIX + name.upper()])
        for name in Settings.model_fields
        if name != "home" and env.get(PREFIX + name.upper())
    }
    unknown = sorted(
        key for key in env if key.startswith(PREFIX) and key[len(PREFIX) :].lower() not in Settings.model_fields
    )
    if unknown:
        raise ConfigError(unknown[0], "no such setting", "see docs/settings.md for the names, or unset it")
    try:
        return Settings(**{**from_file, **from_env, **overrides, "home": home})
    except ValidationError as bad:
        found = [_told(error, from_env, home / "settings.yml", lines) for error in bad.errors()]
        rest = "".join(f"\n{where}: {what}" for where, what in found[1:])
        raise ConfigError(found[0][0], found[0][1] + rest, "xem docs/settings.md · see docs/settings.md") from bad


def _told(error: Any, from_env: Mapping[str, Any], path: Path, lines: Mapping[str, int]) -> tuple[str, str]:
    """(where, what) of one mistake; an unknown name comes with the nearest known one."""
    if not error["loc"]:  # what two settings say together
        said = error["msg"].removeprefix("Value error, ")
        name = said.partition(":")[0]
        return PREFIX + name.upper() if name in from_env else f"{path}:{lines.get(name, 1)}", said
    name = str(error["loc"][0])
    where = PREFIX + name.upper() if name in from_env else f"{path}:{lines.get(name, 1)}"
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, Settings.model_fields, 1)
        return where, f"không có mục {name!r}" + (f"; có phải {near[0]!r}?" if near else "")
    wanted = WANTED.get(error["type"], error["msg"].removeprefix("Value error, "))
    return where, f"{name}: {wanted} (đang là {error['input']!r})"


def _split(name: str, value: str) -> Any:
    return tuple(v.strip() for v in value.split(",") if v.strip()) if name in _LISTS else value


def _read_file(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    if not path.exists():
        return {}, {}
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        values = yaml.safe_load(text) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as bad:
        mark = getattr(bad, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ConfigError(f"{path}:{line}", "not valid YAML in UTF-8", "mend the line or remove the file") from bad
    if not isinstance(values, dict):
        raise ConfigError(f"{path}:1", "expected `name: value` lines", "see docs/settings.md")
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value} if node else {}
    return values, lines
