"""The networks' addresses as they are commonly seen: whose hosts they are, which paths are posts, what is a log-in."""

from __future__ import annotations

import re


def _hosts(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SOCIAL = _hosts(
    """facebook.com fb.com fb.me fb.watch fb.gg messenger.com m.me zalo.me zaloapp.com tiktok.com douyin.com
    youtube.com youtu.be x.com twitter.com t.co instagram.com instagr.am ig.me t.me telegram.me telegram.dog
    threads.net threads.com linkedin.com lnkd.in pinterest.com snapchat.com reddit.com discord.gg discord.com wa.me
    whatsapp.com viber.com line.me skype.com weixin.qq.com weibo.com vk.com gapo.vn bsky.app mastodon.social
    linktr.ee ask.fm ngl.link about.me carrd.co beacons.ai bio.link tumblr.com kuaishou.com likee.video bigo.tv
    lemon8-app.com"""
)
SHORTENERS = _hosts(
    """bit.ly tinyurl.com goo.gl is.gd ow.ly buff.ly cutt.ly rebrand.ly shorturl.at s.id by.com.vn bom.so rb.gy tiny.cc
    v.gd short.gy t.ly shorten.asia"""
)
MAIL_HOSTS = _hosts(
    """mail.google.com drive.google.com docs.google.com photos.google.com photos.app.goo.gl outlook.live.com
    onedrive.live.com 1drv.ms mail.yahoo.com dropbox.com"""
)
CHAT_HOSTS = _hosts(
    """m.me messenger.com chat.zalo.me web.telegram.org web.whatsapp.com chat.whatsapp.com discord.com discord.gg"""
)
HOST_OF = {
    "fb.com": "facebook.com",
    "twitter.com": "x.com",
    "telegram.me": "t.me",
    "telegram.dog": "t.me",
    "threads.com": "threads.net",
    "instagr.am": "instagram.com",
}
CHAT_PATH = re.compile(r"/(?:messages?|messenger_media|inbox|direct|chats?|dm|joinchat|g)(?:/|$)|^/\+", re.I)
LOGIN_PATH = re.compile(
    r"/(?:log-?in|sign-?in|sign-?up|logon|oauth2?|sso|cas|auth|checkpoint|dang-?nhap|account(?:s)?|my-?account"
    r"|wp-admin|wp-login\.php|admin)(?:[/.?]|$)",
    re.I,
)
# What opens a page to whoever has the address, or says who was logged in.
TOKEN = re.compile(
    r"^(?:access_?token|auth(?:_?token)?|token|id_token|session(?:_?id)?|sid|phpsessid|jsessionid|sso|ticket|otp|pass"
    r"(?:word|wd)?|pwd|secret|api_?key|apikey|code|key)$",
    re.I,
)
# Who pressed, who shared, who reads: nothing of it is needed to find the page again.
TRACKING = re.compile(
    r"^(?:utm_\w*|fbclid|gclid\w*|gbraid|wbraid|dclid|msclkid|yclid|twclid|ttclid|igsh\w*|mc_[ce]id|_ga|_gl|gidzl|zarsrc"
    r"|zalo_\w+|vn_(?:source|medium|campaign|term|thumb|aid)|at_(?:medium|campaign)|spm|si|feature|ab_channel|mibextid"
    r"|rdid|share_\w+|shared?|sender_\w+|sharer?|ref(?:_src|src|errer|id)?|u(?:ser|id|ser_?id|sername|name)?|mem(?:ber)?(?:id)?"
    r"|e?mail|phone|sdt|tel|name|from|by|aff\w*|cid|__\w+)$",
    re.I,
)
PROFILE_PATH = re.compile(
    r"/(?:@[^/]+|u|users?|members?|profiles?|people|nguoi-dung|thanh-vien|tac-gia|author|trang-ca-nhan)/[^/]", re.I
)

_ID = r"[\w.:-]{5,80}"
_PAGE = r"(?P<page>[^/]{2,80})"
_POSTS = {
    "facebook.com": rf"/{_PAGE}/(?:posts|videos|photos|reels?)/(?:[^/]+/)*{_ID}/?|/reels?/\d+/?",
    "x.com": rf"/(?:i/web|{_PAGE})/status(?:es)?/\d+",
    "tiktok.com": rf"/{_PAGE}/(?:video|photo)/\d+",
    "instagram.com": rf"/(?:{_PAGE}/)?(?:p|reel|tv)/{_ID}/?",
    "threads.net": rf"/{_PAGE}/post/{_ID}/?",
    "t.me": rf"/(?:s/)?{_PAGE}/\d+",
    "youtube.com": rf"/(?:shorts|live)/{_ID}/?",
    "youtu.be": rf"/{_ID}",
    "fb.watch": rf"/{_ID}/?",
}
POST_PATH = {host: re.compile(path) for host, path in _POSTS.items()}
POST_QUERY = {  # path → the parameters that name the post, all of them needed
    ("facebook.com", "/permalink.php"): ("story_fbid", "id"),
    ("facebook.com", "/story.php"): ("story_fbid", "id"),
    ("facebook.com", "/watch"): ("v",),
    ("facebook.com", "/photo"): ("fbid",),
    ("facebook.com", "/photo.php"): ("fbid",),
    ("youtube.com", "/watch"): ("v",),
}
PERSONAL_ID = re.compile(r"1000\d{11,}")  # the numbers of personal profiles
