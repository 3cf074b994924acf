"""What ``haidang init`` writes: a settings file in which every line explains itself."""

from __future__ import annotations

from pathlib import Path

TEMPLATE = """\
# Cài đặt của Hải Đăng. Bỏ dấu # ở đầu dòng để đổi giá trị; giải thích từng mục: docs/settings.md.
# Biến môi trường HAIDANG_<TÊN> thắng tệp này.

# Địa chỉ liên hệ ghi trong User-Agent, để toà soạn biết ai đang đọc trang của họ.
#contact: "vanphong@example.vn"

# Điểm báo: giờ dựng và người nhận.
#digest_at: "06:30"
#recipients: ["ten@example.vn"]
# Người nhận chỉ có bản đã được phát hành (docs/digest.md). "automatic": gửi ngay khi dựng.
#digest_release: "by_hand"

# Máy chủ thư. smtp_security: none, starttls hoặc tls. Mật khẩu nằm trong một tệp riêng, chỉ chủ đọc được.
#smtp_host: "mail.example.vn"
#smtp_port: 587
#smtp_security: "starttls"
#smtp_user: "diembao"
#smtp_password_file: "/etc/haidang/smtp-password"
#smtp_from: "diembao@example.vn"

# Bàn làm việc chưa có tài khoản nên chỉ mở trên máy này (127.0.0.1).
#desk_host: "127.0.0.1"
#desk_port: 8420

# Nguồn riêng của đơn vị, thêm vào các nguồn có sẵn (docs/add-a-source.md).
# Mặc định: thư mục sources cạnh tệp này.
#sources_dir: "/etc/haidang/sources"

# Ai được báo khi một nguồn im lặng, đổi bố cục hay đăng dồn dập.
#administrators: ["quantri@example.vn"]

# Kênh chính thức cần khóa; mỗi tệp một dòng, chỉ chủ đọc được (docs/channels.md).
#youtube_key_file: "/etc/haidang/youtube-key"
#facebook_token_file: "/etc/haidang/facebook-token"
#zalo_token_file: "/etc/haidang/zalo-token"
"""


def write_settings(home: Path) -> Path:
    """Write ``settings.yml`` unless there is one; returns its path."""
    path = home / "settings.yml"
    if not path.exists():
        path.write_text(TEMPLATE, encoding="utf-8")
    return path
