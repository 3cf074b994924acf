"""What notices and ways of telling say to people: the messages themselves, and why one did not arrive."""

from __future__ import annotations

from collections.abc import Mapping

INTERNAL = "LƯU HÀNH NỘI BỘ"
URGENT = "KHẨN: {subject}"
BUNDLE = "{count} việc cần xem: {first}"
LINK = "Xem: {link}"
FOOT = "Hải Đăng gửi tự động, theo phân công của Sở. Mở liên kết phải đăng nhập; liên kết không chứa mật khẩu."
MORE = "… và {count} việc khác: xem trên bàn làm việc."
SHORT = "Hai Dang: {subject}"
SHORT_BUNDLE = "Hai Dang: {count} việc cần xem, gồm: {first}"
LIST_ID = "bao-viec"
UNTITLED = "(không có tiêu đề)"

KINDS: Mapping[str, str] = {
    "alarm": "Báo động",
    "handover": "Chuyển việc",
    "receipt": "Đã nhận",
    "reminder": "Nhắc việc",
    "warning": "Cảnh báo sớm",
    "audit": "Kiểm tra độc lập",
    "route_test": "Thử đường báo tin",
}
CHANNELS: Mapping[str, str] = {
    "email": "thư điện tử",
    "sms": "tin nhắn SMS",
    "zalo": "Zalo OA",
    "webhook": "webhook",
    "apprise": "apprise",
}

ROUTE_TEST_SUBJECT = "Thử đường báo tin {when}"
ROUTE_TEST_LINES = (
    "Đây là tin thử để chắc rằng khi có việc thật, tin đến được {name}.",
    "Nhận được thì không cần làm gì. Không phải người này, hoặc muốn đổi số, địa chỉ: báo người quản trị.",
)
ALARM_SENT = "đã gửi"

# what does not arrive: kept on the delivery, shown on the desk and by `haidang channels list`
NO_CONTACT = "danh bạ liên hệ không có mục {contact!r}; thêm vào contacts.yml, trong khi đó báo Văn phòng"
NO_ADDRESS = "mục {contact!r} của danh bạ liên hệ chưa có địa chỉ nào; ghi vào contacts.yml"
NOBODY = "không còn ai nhận được: danh bạ liên hệ chưa có địa chỉ nào dùng được cho việc này"
NO_CHANNEL = "không có đường báo tin {channel!r} trong phần mềm này"
NO_NOTICE = "không có việc cần báo {id} trong kho"
HELD: Mapping[str, str] = {
    "quiet": "chờ hết giờ nghỉ của người nhận",
    "apart": "chờ gửi chung với việc khác",
    "per_hour": "người nhận đã nhận nhiều tin trong một giờ",
}
CARRIED = "nằm trong tin {id}"
WAITS_FOR_CARRIER = "chờ tin chung {id}"
CHANNEL_PAUSED = "đường {channel} đang hỏng: {error}"
EXPIRED = "thôi gửi sau một ngày, {attempts} lần thử; lần cuối: {error}"
TOO_OLD = "thôi gửi: đã quá một ngày; {error}"

SECRET_UNSET = "chưa đặt {setting} trong settings.yml"  # noqa: S105 - a message
SECRET_UNREAD = "không đọc được tệp {path} ({setting}): {reason}"  # noqa: S105
SECRET_NO_FILE = "không phải là một tệp"  # noqa: S105
SECRET_OPEN = "tệp {path} ({setting}) người khác cũng đọc được; chạy: chmod 600 {path}"  # noqa: S105
SECRET_LONG = "tệp {path} ({setting}) quá lớn"  # noqa: S105
SECRET_ONE_LINE = "tệp của {setting} phải có đúng một dòng"  # noqa: S105
SECRET_ODD = "tệp của {setting} có ký tự lạ"  # noqa: S105
SECRET_PAIRS = "tệp của {setting}, dòng {number}: viết `tên giá_trị`, mỗi tên một lần"  # noqa: S105

HTTP_BAD_URL = "địa chỉ web không dùng được; viết https://máy_chủ/đường_dẫn, không kèm tài khoản"
HTTP_PLAIN = "{host}: chỉ gửi qua https (http chỉ dùng trong máy này hay mạng riêng)"
HTTP_TIMEOUT = "quá giờ chờ"
HTTP_TLS = "không bắt tay TLS được ({reason})"
HTTP_NO_ANSWER = "{host} không trả lời: {reason}"

SMS_UNSET = "chưa cấu hình cổng tin nhắn: đặt sms_url trong settings.yml (docs/delivery.md)"
SMS_NO_NUMBER = "không phải số điện thoại nhận được tin nhắn"
SMS_ANSWER = "cổng tin nhắn {host} trả lời {status}: {said}"
SMS_REFUSED = "{told} (số này không nhận được)"
SMS_NO_SUCCESS = "{told} (không thấy dấu hiệu đã nhận; xem sms_success)"

WEBHOOK_NO_SECRET = "{host}: chưa có khóa ký; thêm dòng `{host} khóa` vào tệp webhook_secrets_file"  # noqa: S105
WEBHOOK_ANSWER = "{host} trả lời {status}: {said}"
WEBHOOK_MOVED = "{told} (không theo chuyển hướng; ghi địa chỉ mới vào contacts.yml)"

ZALO_NO_CODE = "Zalo OA API trả lời HTTP {status} mà không có mã lỗi"
ZALO_REFUSED = "Zalo OA từ chối, mã {code}: {meaning}"
ZALO_UNKNOWN = "xem bảng mã của Zalo"
ZALO_CODES: Mapping[int, str] = {
    -32: "gọi quá nhanh",
    -100: "Zalo trục trặc",
    -124: "mã truy cập không đúng; lấy mã mới ghi vào tệp zalo_token_file",
    -201: "Zalo không hiểu yêu cầu",
    -204: "tài khoản OA đã bị xóa",
    -205: "không có tài khoản OA này",
    -209: "ứng dụng chưa được phép gọi giao diện này",
    -210: "tin dài quá",
    -211: "OA đã hết hạn mức tin nhắn",
    -212: "OA chưa đăng ký giao diện này",
    -213: "người này chưa quan tâm OA",
    -216: "mã truy cập hết hạn (mỗi mã sống 25 giờ); lấy mã mới ghi vào tệp zalo_token_file",
    -217: "người này chặn tin của OA",
    -218: "OA đã hết hạn mức gửi tới người này",
    -220: "mã truy cập hết hạn; lấy mã mới ghi vào tệp zalo_token_file",
    -221: "OA chưa được Zalo chứng nhận",
    -224: "gói dịch vụ của OA không cho gửi tin",
    -227: "tài khoản người này bị khóa hoặc lâu không dùng",
    -230: "người này không nhắn cho OA trong 7 ngày qua",
    -232: "người này chưa nhắn cho OA, hoặc lần cuối đã quá lâu",
    -233: "loại tin này không gửi được cho người này",
    -234: "Zalo không cho gửi ban đêm",
    -235: "giao diện này không dùng cho loại OA này",
    -240: "giao diện này đã ngừng",
}

APPRISE_NO_NAME = "địa chỉ apprise phải viết khoa://tên; địa chỉ thật (có khóa) nằm trong tệp apprise_urls_file"
APPRISE_UNKNOWN = "tệp apprise_urls_file không có dòng {name!r}"
APPRISE_MISSING = "chưa cài thư viện apprise; chạy: pip install apprise"
APPRISE_BAD_URL = "địa chỉ apprise của {name!r} không dùng được"
APPRISE_LOCAL = "{name!r} chỉ hiện trên chính máy này, không đến được ai"
APPRISE_UNVERIFIED = "{name!r}: không gửi khi bỏ kiểm tra chứng thư (verify=no)"
APPRISE_REDIRECTS = "{name!r}: không gửi khi cho chuyển hướng (redirect=yes)"
APPRISE_NOT_SENT = "dịch vụ {name!r} không nhận tin"
APPRISE_BROKE = "dịch vụ {name!r} không nhận tin ({reason})"

# `haidang channels`
STATE_OK = "nhận được lúc {at}"
STATE_NEVER = "chưa thử lần nào"
STATE_SINCE = "không liên lạc được từ {since}: {error}"
CHANNEL_ALL = "cả đường {channel}: {state}"
TESTED = "Đã thử {count} địa chỉ của {contacts} mục; {failed} không nhận được, {waiting} còn chờ."
TEST_NONE = "Danh bạ liên hệ chưa có địa chỉ nào; ghi vào contacts.yml trong thư mục dữ liệu."
TEST_UNKNOWN = "không có mục {key!r} trong danh bạ liên hệ; xem `haidang channels list`"
TEST_PENDING = "còn chờ: {error}"
TEST_SENT = "đã nhận"
TEST_FAILED = "KHÔNG nhận được: {error}"
NO_ADDRESS_COUNT = "{count} mục chưa có địa chỉ (xem thêm: `haidang channels list --all`)."
NOTE_BOUNCE = (
    "“đã nhận” nghĩa là máy chủ hay cổng tin nhắn đã nhận; thư bị trả lại về sau, tin nhắn chưa tới máy thì ở đây "
    "không thấy được."
)
