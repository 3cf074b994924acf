"""The level of a school as its name is written, and who manages it."""

from __future__ import annotations

import pytest

from alerts.route_level import body_of, level_of, school_in


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("Trường THPT Bến Lặng", "thpt"),
        ("THPT chuyên Sao Biển", "thpt"),
        ("truong thpt ben lang", "thpt"),
        ("Trường THPT Thực hành", "thpt"),
        ("Trường THPT Thực hành - ĐH Sao Biển", "thpt"),
        ("Trường Trung học phổ thông Thái Sơn", "thpt"),
        ("Trường THCS Thái Sơn", "thcs"),
        ("Trường Trung học cơ sở Bến Lặng", "thcs"),
        ("Trường TH Bến Lặng", "tieu_hoc"),
        ("Trường Tiểu học Bến Lặng 2", "tieu_hoc"),
        ("Trường TH&THCS Bến Lặng", "lien_cap_thcs"),
        ("Trường TH & THCS Bến Lặng", "lien_cap_thcs"),
        ("Trường tiểu học và THCS Bến Lặng", "lien_cap_thcs"),
        ("Trường THCS&THPT Bến Lặng", "lien_cap"),
        ("Trường TH, THCS và THPT Sao Biển", "lien_cap"),
        ("Trường phổ thông liên cấp Sao Biển", "lien_cap"),
        ("Trường PT nội trú Bến Lặng", "lien_cap"),
        ("Trường MN Hoa Muống", "mam_non"),
        ("Trường Mầm non Hoa Muống", "mam_non"),
        ("Nhóm trẻ độc lập Bống Bang", "mam_non"),
        ("Lớp mẫu giáo Hoa Muống", "mam_non"),
        ("TTGDTX Bến Lặng", "gdtx"),
        ("Trung tâm GDNN-GDTX Bến Lặng", "gdtx"),
        ("Trung tâm GDNN – GDTX Bến Lặng", "gdtx"),
        ("Trung tâm Giáo dục thường xuyên thành phố", "gdtx"),
        ("Trung tâm Anh ngữ Sóng Xanh", "gdtx"),
        ("Trường Trung cấp nghề Bến Lặng", "gdtx"),
        ("Trường Đại học Sao Biển", "dai_hoc"),
        ("ĐH Sao Biển", "dai_hoc"),
        ("Trường Cao đẳng Bến Lặng", "dai_hoc"),
        ("Trường Thái Phong", ""),
        ("Trường Chuyên biệt Ánh Mai", ""),
        ("UBND phường Hải An", ""),
        ("", ""),
        ("T" * 10_000, ""),
    ],
)
def test_level_of_a_name(name: str, level: str) -> None:
    assert level_of(name) == level


def test_who_manages_it() -> None:
    assert body_of("Trường THPT Bến Lặng") == "department"
    assert body_of("Trường Mầm non tư thục Hoa Muống") == "private"
    assert body_of("Trường TH&THCS Bến Lặng") == "commune"
    assert body_of("Trường Đại học Sao Biển") == "ministry"
    assert body_of("Bến Lặng") == ""


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("Phụ huynh Trường THCS Bến Lặng cho biết đã họp", "Trường THCS Bến Lặng"),
        ("Ngày 3/11, Trường TH&THCS Bến Lặng (phường Hải An) bị ngập", "Trường TH&THCS Bến Lặng"),
        ("Trường mầm non Hoa Muống tổ chức", "Trường mầm non Hoa Muống"),
        ("Nhà trường cho biết", ""),
        ("Học sinh THPT sẽ thi vào tháng 6", ""),
    ],
)
def test_the_school_that_a_text_names(text: str, school: str) -> None:
    assert school_in(text) == school
