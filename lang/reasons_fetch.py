"""Why a page was (not) fetched, and why it counts as an article: (pattern of the whole sentence, words)."""

from __future__ import annotations

import re

_RESERVED = "là địa chỉ dành riêng, không có trang web"
_KINDS = {  # of addresses, as crawler/targets.py names them
    "a private network": "thuộc mạng nội bộ",
    "site-local, a private network": "thuộc mạng nội bộ",
    "a provider's inner network": "thuộc mạng trong của nhà mạng",
    "a machine's own cloud metadata": "là địa chỉ riêng của một máy",
    "link-local (where clouds keep their metadata)": "là địa chỉ riêng của một máy",
    "no host's address": "không phải địa chỉ của máy nào",
    "multicast, no host's address": "không phải địa chỉ của máy nào",
    "kept for examples": _RESERVED,
    "for measuring networks": _RESERVED,
    "for the Internet's own plumbing and no web host's": _RESERVED,
    "a local translation to IPv4": _RESERVED,
    "where packets are thrown away": _RESERVED,
}
_OUTCOMES = (
    "robots_denied|robots_unreachable|http_error|gone|too_many|timeout|unreachable|too_large|too_many_redirects"
    "|target_refused|truncated"
)
RULES: tuple[tuple[str, str], ...] = (
    # robots.txt
    (
        r"allowed: no rule of robots\.txt \(absent, HTTP (\d+)\) speaks of it",
        "cho phép (không có robots.txt, HTTP {0})",
    ),
    (r"allowed: (.*)", "cho phép ({0:v})"),
    (r"disallowed: (.*)", "không cho phép ({0:v})"),
    (r"closed: (.*)", "chưa hỏi được nên coi như không cho phép ({0:v})"),
    (r"not asked: (.*)", "không hỏi ({0:v})"),
    (r"no rule of (.*) speaks of it", "{0:v} không nhắc tới chỗ này"),
    (r"robots\.txt \(absent, HTTP (\d+)\)", "robots.txt (không có, HTTP {0})"),
    (r"robots\.txt \(a web page instead of rules\)", "robots.txt (là một trang web, không phải quy tắc)"),
    (r"robots\.txt gave HTTP (\d+)", "robots.txt trả lời HTTP {0}"),
    (r"robots\.txt: (.*)", "robots.txt: {0:v}"),
    (
        r"an official interface, called with our key under its own terms .*",
        "giao diện chính thức, gọi bằng khóa của Sở",
    ),
    # the answer
    (r"HTTP (\d+): (.*)", "HTTP {0}: {1:v}"),
    (r"HTTP (\d+) with (\d+) different Locations", "HTTP {0} chuyển tới {1} nơi khác nhau"),
    (r"the address no longer exists", "địa chỉ không còn"),
    (r"the host asks us to wait", "máy chủ bảo chờ"),
    (r"nothing in it", "không có gì bên trong"),
    (r"a part of the page, which we did not ask for", "chỉ một phần của trang"),
    (r"'not modified', but we did not ask whether", "nói “không đổi” dù không ai hỏi"),
    (r"the host wants a log-in", "máy chủ đòi đăng nhập"),
    (r"the host refuses us", "máy chủ từ chối"),
    (r"the proxy wants a log-in", "máy proxy đòi đăng nhập"),
    (r"not shown for legal reasons", "không hiển thị vì lý do pháp lý"),
    (r"the host did not answer in time", "máy chủ không trả lời kịp"),
    (r"the connection ended before the announced length of the body", "đứt giữa chừng, thiếu so với độ dài đã báo"),
    (r"the body is larger than max_body_bytes", "nội dung lớn hơn max_body_bytes"),
    (r"more than (\d+) bytes after decompression", "hơn {0} byte sau khi giải nén"),
    (r"a gzip body of more than (\d+) members", "tệp gzip gồm hơn {0} mảnh"),
    (r"the compressed body ends early: .*", "nội dung nén bị đứt giữa chừng"),
    (r"the compressed body is damaged \((.*)\)", "nội dung nén bị hỏng ({0})"),
    (r"Content-Encoding '(.*)', which we did not ask for", "nén kiểu {0}, kiểu không được yêu cầu"),
    (r"Content-Encoding in (\d+) layers", "nén chồng {0} lớp"),
    (r"the headers are larger than (.*) or (\d+) lines", "phần đầu của câu trả lời lớn hơn {0} hoặc {1} dòng"),
    (r"the answer is no HTTP/1: it begins with (.*)", "câu trả lời không phải HTTP: bắt đầu bằng {0}"),
    (r"the answer is no HTTP that can be read \((.*)\)", "câu trả lời không phải HTTP ({0})"),
    (r"the connection failed \((.*)\)", "nối không thành ({0})"),
    (r"connection refused", "máy chủ không nhận kết nối"),
    (r"unexpected (\w+): (.*)", "lỗi lạ {0}: {1}"),
    (r"no address for the proxy (\S+) \((.*)\)", "không tìm thấy máy proxy {0} ({1})"),
    (r"no address for the host", "tên miền không có máy chủ nào"),
    (r"no address for (\S+)(?: \(.*\))?", "tên miền {0} không có máy chủ nào"),
    (r"no answer about (\S+) within (\d+) s", "không ai trả lời tên miền {0} ở đâu trong {1} giây"),
    (r"more than (\d+) redirects, the last to (.*)", "chuyển hướng hơn {0} lần, lần cuối tới {1}"),
    (r"redirected to no address: (.*)", "bị chuyển tới một địa chỉ không đọc được: {0}"),
    (
        r"an official interface sent us to (.*); our key does not go there",
        "giao diện chính thức chuyển sang {0}; không gửi khóa tới đó",
    ),
    # where we do not go
    (r"not (?:an )?http(?: or https|\(s\) address)(?:: (.*))?", "không phải địa chỉ http(s): {0}"),
    (r"not an address: it holds control characters: (.*)", "địa chỉ có ký tự điều khiển: {0}"),
    (r"an address that names a user, or hides its host behind one: (.*)", "địa chỉ mang tên người dùng: {0}"),
    (r"not an address: its host or port cannot be read: (.*)", "địa chỉ có tên máy hay số cổng không đọc được: {0}"),
    (r"not an address: no host, or port 0: (.*)", "địa chỉ thiếu tên máy: {0}"),
    (
        r"not an address: (?:its host is not a host name|no such host name \(.*?\)): (.*)",
        "không có tên miền như thế: {0}",
    ),
    (r"not an address[^:]*: (.*)", "không phải một địa chỉ: {0}"),
    (r"not a host name: (.*)", "không phải một tên miền: {0}"),
    (r"(\S+) names a network card of this machine", "{0} chỉ một cạc mạng của máy này"),
    (r"(\S+) is this machine itself", "{0} là chính máy này"),
    (r"(\S+) is not on the public Internet", "{0} không nằm trên Internet công cộng"),
    (r"(\S+) is a tunnel inside a private network", "{0} là đường hầm vào mạng nội bộ"),
    (r"(\S+) is not a host name", "{0} không phải một tên miền"),
    (
        r"(\S+) is an address in a spelling that programs read differently",
        "{0} là địa chỉ viết theo kiểu mỗi máy đọc một khác",
    ),
    (r"(\S+) is a name of a private network", "{0} là tên của mạng nội bộ"),
    (r"(\S+) is a name that points into private networks", "{0} là tên dẫn vào mạng nội bộ"),
    (r"port (\d+) is not a web server's", "cổng {0} không phải của trang web"),
    *((rf"(\S+) is {re.escape(kind)}", f"{{0}} {words}") for kind, words in _KINDS.items()),
    (r"([a-z0-9.-]+\.[a-z0-9-]+): (.*)", "{0}: {1:v}"),
    # what kind of page it is
    (r"JSON-LD says article", "trang tự ghi là một bài"),
    (r"JSON-LD says listing", "trang tự ghi là trang danh sách"),
    (
        r"(\d+) characters of free text, (\d+) in headline links",
        "{0} ký tự lời văn, {1} ký tự trong các tiêu đề liên kết",
    ),
    (
        r"(\d+) characters of free text, (\d+) in (\d+) headline links",
        "{0} ký tự lời văn, {1} ký tự trong {2} tiêu đề liên kết",
    ),
    (r"little text, but numbered as an article", "ít chữ, nhưng địa chỉ có số bài"),
    (r"a film with little text", "phim, ít chữ"),
    (r"(\d+) captions outweigh (\d+) characters of text", "{0} chú thích ảnh, chỉ {1} ký tự lời văn"),
    (r"no text found", "không thấy chữ nào"),
    (r"no markup and no text", "trang trống"),
    (r"no title and no text found", "không thấy tiêu đề và chữ nào"),
    (r"the front page of a host", "trang chủ"),
    (r"letters of a (.*) font", "chữ theo phông {0}"),
    (r"the end of the page was cut off", "cuối trang bị cắt"),
    (r"a listing: (.*)", "trang danh sách: {0:v}"),
    (r"quality (\d)\.(\d+), (\d+) characters", "chất lượng {0},{1}, {2} ký tự"),
    (r"(\d+) (?:entry|entries)", "{0} mục"),
    (rf"(?:{_OUTCOMES}): (.*)", "{0:v}"),
    (r"(sto_\w+) \(\w+\)", "{0}"),
    (r"brought in by staff", "cán bộ nhập"),
)
