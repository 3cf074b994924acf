"""The forms of a case: one a command, each with its fields; what a state does not allow is named with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from alerts import case_commands, cases
from alerts.candidate_words import RESULTS
from alerts.case_clocks import LONGEST_PAUSE_D
from alerts.case_parts import LONGEST_TEXT, LONGEST_TITLE
from alerts.case_words import CLOCKS, DOES, EVENTS, SEVERITIES, TARGETS
from desk.case_fields import OFFICE, TEXT, WHEN, WHY, Field, Form, options
from store.errors import CaseError
from store.model_candidate import CheckResult
from store.model_case import CaseRows, EventKind
from store.people import LONGEST_NAME

_ACK = tuple((str(h), f"{h} giờ") for h in (1, 2, 4, 8, 24, 48, 72))
_SIGNED = (("", "Giám đốc ký"), ("KT.", "KT. – phó giám đốc ký thay"), ("TL.", "TL. – Chánh Văn phòng ký thừa lệnh"))
SIGNED = Field("ky", "Ký", "select", options=_SIGNED)
_LINKED = ("article", "rebuttal", "reference", "story", "candidate", "concern", "case", "about")
_RESULT = Field(
    "ket_qua", "So với văn bản", "radio", options=tuple((str(r), RESULTS[r]) for r in CheckResult), need=True
)
_DOCUMENT = Field("van_ban", "Số, ký hiệu hoặc mã văn bản", limit=case_commands.LONGEST_DOCUMENT)
_E = EventKind

FORMS: tuple[Form, ...] = (
    Form(
        "nhan",
        "Nhận việc",
        _E.RECEIVED,
        "giao",
        (replace(OFFICE, label="Đơn vị nhận", hint="Bỏ trống: đơn vị đang giữ."), WHEN),
        "Ghi đã nhận",
        "Từ lúc nhận, thời gian của đơn vị mới bắt đầu tính.",
    ),
    Form(
        "giao",
        "Giao cho một người",
        _E.ASSIGNED,
        "giao",
        (Field("nguoi", "Giao cho (họ và tên)", limit=LONGEST_NAME, hint="Bỏ trống: thôi giao."),),
        "Ghi giao việc",
    ),
    Form("xac-minh", "Bắt đầu xác minh", _E.VERIFYING, "giao", (), "Ghi bắt đầu xác minh"),
    Form(
        "cho-chuyen",
        "Cho chuyển tiếp (Văn phòng Sở)",
        _E.RELEASED,
        "giao",
        (
            replace(
                TEXT,
                hint="Đúng những gì được chuyển đi: đã bỏ tên người phản ánh, học sinh và chi tiết nhận ra họ. "
                "Máy che thêm một lần, nhưng người ghi chịu trách nhiệm.",
            ),
            replace(OFFICE, label="Người ghi thuộc", kind="select", hint="Chỉ người của Văn phòng Sở.", need=True),
        ),
        "Cho chuyển tiếp",
    ),
    Form(
        "chuyen",
        "Chuyển đơn vị khác giữ",
        _E.ROUTED,
        "giao",
        (replace(OFFICE, label="Chuyển cho", hint="", need=True), WHY),
        "Ghi chuyển đơn vị",
        "Chỉ ghi ai giữ việc; không gửi văn bản nào.",
    ),
    Form("ghi-chu", "Ghi chú", _E.NOTE, "ghi", (TEXT,), "Lưu ghi chú"),
    Form(
        "goi",
        "Ghi cuộc gọi điện",
        _E.TELEPHONED,
        "ghi",
        (
            Field("ai", "Gọi cho ai", need=True),
            replace(TEXT, label="Đã nói gì"),
            Field("giay", "Về văn bản", "select", half=True),
            replace(WHEN, half=True),
        ),
        "Lưu cuộc gọi",
        "Việc khẩn báo trước bằng điện thoại rồi gửi văn bản sau.",
    ),
    Form(
        "ket-qua",
        "Kết quả xác minh",
        _E.RESULT,
        "ghi",
        (
            _RESULT,
            replace(WHY, hint="Đã đối chiếu với đâu, khác ở chỗ nào."),
            replace(_DOCUMENT, hint="Bỏ trống chỉ khi chưa đủ căn cứ hoặc là ý kiến."),
            OFFICE,
        ),
        "Lưu kết quả",
        "Chỉ lưu; không có gì được gửi đi.",
    ),
    Form(
        "nhan-ngoai",
        "Kết luận của cơ quan có thẩm quyền",
        _E.OUTSIDE_LABEL,
        "ghi",
        (
            Field(
                "co_quan",
                "Của",
                "select",
                options=(
                    ("", "chọn cơ quan"),
                    ("ttqg", "Trung tâm quốc gia (tingia.gov.vn)"),
                    ("svhttdl", "Sở Văn hóa, Thể thao và Du lịch"),
                ),
                need=True,
            ),
            Field("nhan_ho", "Đúng lời của họ", limit=300, need=True),
            replace(_DOCUMENT, label="Văn bản hoặc địa chỉ của họ", need=True),
            WHEN,
        ),
        "Lưu kết luận của họ",
        "Ghi đúng lời họ, là của họ; không đổi kết quả xác minh của Sở.",
    ),
    Form(
        "sua",
        "Sửa thông tin",
        _E.CHANGED,
        "ghi",
        (
            Field("tieu_de", "Tên việc", limit=LONGEST_TITLE),
            Field("muc", "Mức", "select", options=options(SEVERITIES), half=True),
            Field("noi", "Xã, phường, đặc khu", limit=80, half=True),
            Field("chuyen_muc", "Chuyên mục", "select"),
        ),
        "Lưu thay đổi",
    ),
    Form(
        "da-biet",
        "Đã biết cảnh báo",
        _E.ACKNOWLEDGED,
        "han",
        (
            Field("gio", "Trong", "select", options=_ACK, value="4"),
            replace(TEXT, label="Đang làm gì", need=False, rows=2, limit=500),
        ),
        "Đã biết",
        "Báo động ngừng trong thời gian đó; hết giờ mà chưa có gì thêm thì báo lên nấc trên.",
    ),
    Form(
        "but-phe",
        "Ghi bút phê",
        _E.INSTRUCTION,
        "han",
        (
            Field("lanh_dao", "Lãnh đạo (họ và tên)", limit=LONGEST_NAME, need=True),
            replace(TEXT, label="Lời bút phê", limit=2_000),
            Field("han", "Hạn", "moment", 20, "Bỏ trống nếu bút phê không đặt hạn.", half=True),
            Field("dong_ho", "Cho thời hạn", "select", options=options(CLOCKS), value="first_answer", half=True),
            replace(WHEN, label="Bút phê lúc nào"),
        ),
        "Ghi bút phê",
        "Chỉ rút ngắn, không kéo dài thời hạn theo quy định.",
    ),
    Form(
        "tam-dung",
        "Tạm dừng thời hạn",
        _E.PAUSED,
        "han",
        (
            Field(
                "den",
                "Đến",
                "moment",
                20,
                f"Phải có, không quá {LONGEST_PAUSE_D} ngày; hết hạn tự chạy tiếp.",
                need=True,
            ),
            WHY,
        ),
        "Tạm dừng",
    ),
    Form("tiep-tuc", "Cho chạy tiếp ngay", _E.RESUMED, "han", (), "Chạy tiếp"),
    Form(
        "tra-loi",
        "Đã trả lời, đề nghị cải chính, đăng thông tin",
        _E.ANSWERED,
        "tra",
        (
            Field(
                "loai",
                "Đã làm",
                "radio",
                options=options(EVENTS, "answered", "correction_asked", "published"),
                need=True,
            ),
            Field("giay", "Bằng văn bản đã phát hành", "select", hint="Không có thì ghi ở ô dưới."),
            Field(
                "van_ban",
                "Hoặc bằng cách khác",
                limit=500,
                hint="Số văn bản nơi khác, họp báo, điện thoại, đăng ở đâu.",
            ),
            replace(WHEN, label="Trả lời lúc nào"),
        ),
        "Ghi đã trả lời",
    ),
    Form("ket-thuc", "Kết thúc, lưu hồ sơ", _E.CLOSED, "tra", (WHY,), "Kết thúc việc"),
    Form("mo-lai", "Mở lại", _E.REOPENED, "tra", (WHY,), "Mở lại việc"),
    Form(
        "gan",
        "Gắn thêm",
        _E.LINKED,
        "gan",
        (
            Field("loai", "Gắn", "select", options=options(TARGETS, *_LINKED), half=True),
            Field(
                "ma",
                "Mã hoặc địa chỉ",
                limit=2_000,
                hint="Dán địa chỉ trang của nó; nơi được nói tới: tên trong danh bạ.",
                need=True,
                half=True,
            ),
        ),
        "Gắn vào việc",
    ),
    Form("go", "Gỡ ra", _E.UNLINKED, "gan", (Field("chon", "Gỡ những mục", "checks"),), "Gỡ khỏi việc"),
    Form(
        "nhap",
        "Nhập việc này vào việc khác",
        _E.MERGED,
        "gan",
        (Field("vao", "Nhập vào việc số", limit=80, hint="Như 2026/0012. Tách lại được.", need=True), WHY),
        "Nhập",
    ),
    Form("tach-lai", "Tách lại như trước khi nhập", _E.UNMERGED, "gan", (WHY,), "Tách lại"),
    Form(
        "tach",
        "Tách một phần thành việc mới",
        _E.SPLIT,
        "gan",
        (
            Field("chon", "Tách những mục", "checks"),
            Field("tieu_de", "Tên việc mới", limit=LONGEST_TITLE, need=True),
            WHY,
        ),
        "Tách việc",
        "Việc mới giữ nguyên thời hạn đang chạy.",
    ),
    Form(
        "xin-goc",
        "Đề nghị xuất bản gốc",
        _E.ORIGINAL_ASKED,
        "goc",
        (WHY,),
        "Gửi đề nghị",
        "Cần hai người khác duyệt; xuất bằng lệnh haidang case export.",
    ),
    Form(
        "duyet-goc",
        "Duyệt xuất bản gốc",
        _E.ORIGINAL_APPROVED,
        "goc",
        (),
        "Duyệt",
        "Không duyệt đề nghị của chính mình; mỗi người một lần.",
    ),
)
BY_KEY: Mapping[str, Form] = {form.key: form for form in FORMS}

PAPER = Form(
    "soan",
    "Soạn dự thảo văn bản",
    _E.PAPER,
    "giay",
    (
        Field("loai", "Loại", "select", need=True, half=True),
        replace(SIGNED, half=True),
        Field("noi_nhan", "Nơi nhận", "office", 200, "Tên trong danh bạ, hoặc tên tòa soạn, cơ quan."),
        Field(
            "tra_loi",
            "Nội dung trả lời",
            "area",
            LONGEST_TEXT,
            "Mỗi đoạn một dòng. Bài, căn cứ, tiến trình lấy từ việc này, đã che tên.",
            rows=6,
        ),
        Field("giay", "Thay dự thảo", "select", hint="Bỏ trống: dự thảo mới."),
    ),
    "Lưu dự thảo",
    "Chưa gửi gì. Tải về, sửa thêm bằng Word nếu cần.",
)
STEPS: Mapping[str, Form] = {
    "draft": Form("trinh", "Trình ký", _E.PAPER_SUBMITTED, "giay", (), "Ghi đã trình"),
    "submitted": Form(
        "ky",
        "Ghi đã ký",
        _E.PAPER_SIGNED,
        "giay",
        (Field("nguoi_ky", "Người ký", limit=LONGEST_NAME, need=True, half=True), replace(SIGNED, half=True)),
        "Ghi đã ký",
    ),
    "signed": Form(
        "phat-hanh",
        "Phát hành (văn thư)",
        _E.PAPER_ISSUED,
        "giay",
        (
            Field("so", "Số, ký hiệu", limit=100, hint="Như 123/SGDĐT-VP", need=True, half=True),
            replace(WHEN, label="Ngày, giờ phát hành", half=True),
        ),
        "Ghi số, phát hành",
        "Hạn xác nhận của nơi nhận bắt đầu từ đây.",
    ),
    "issued": Form(
        "so-den",
        "Nơi nhận đã vào sổ",
        _E.PAPER_RECEIVED,
        "giay",
        (Field("so", "Số đến", limit=60, need=True, half=True), replace(WHEN, half=True)),
        "Ghi số đến",
    ),
}
"""State of a paper → the form of its next step."""
BY_KEY = {**BY_KEY, PAPER.key: PAPER, **{form.key: form for form in STEPS.values()}}


@dataclass(frozen=True, slots=True)
class Shown:
    """Forms that can be given now, by group; what cannot, with the reason."""

    forms: tuple[Form, ...]
    not_now: tuple[tuple[str, str], ...]


def possible(rows: CaseRows, asked: bool) -> Shown:
    """By the state of the case. ``asked``: whether the original was asked for."""
    forms, not_now = [], []
    for form in FORMS:
        if not _fits(rows, form.key, asked):
            continue
        try:
            cases.guard(rows, form.event)
        except CaseError as why:
            not_now.append((DOES.get(form.event, form.title), str(why).partition(": ")[2] or str(why)))
        else:
            forms.append(form)
    return Shown(tuple(forms), tuple(not_now))


def _fits(rows: CaseRows, key: str, asked: bool) -> bool:
    """Whether it could make sense at all: what never can is not named."""
    now = rows.now
    fits: Mapping[str, bool] = {
        "nhan": now.received_at is None,
        "cho-chuyen": now.held,
        "tiep-tuc": now.paused_until is not None,
        "tam-dung": now.paused_until is None and any(c.stopped_at is None for c in rows.clocks),
        "tach-lai": now.merged_into is not None,
        "mo-lai": now.closed_at is not None or now.answered_at is not None,
        "duyet-goc": asked,
        "go": any(x.removed_at is None for x in rows.links),
        "tach": sum(x.removed_at is None for x in rows.links) > 1,
    }
    return fits.get(key, True)
