"""Words without which an item is hardly about education.

Of 4,587 labelled items about education one has none of them; three in four items of the whole press have none. So they
gate the learned judge, which has only ever read items near to education and would guess about the rest.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    """Words between middle dots; an underscore joins the two syllables of one word."""
    return frozenset(w.strip().replace("_", " ") for w in text.split("·"))


STRONG = _words(
    """
    bài_giảng · bán_trú · cao_đẳng · cô_giáo · cổng_trường · du_học · dạy_học · dạy_thêm · gd · gdđt · giáo_dục ·
    giáo_trình · giáo_viên · giảng_viên · giờ_học · hiệu_phó · hiệu_trưởng · hướng_nghiệp · học_bạ · học_bổng ·
    học_kỳ · học_nghề · học_phí · học_sinh · học_thêm · học_trò · học_viên · học_đường · khai_giảng · khuyến_học ·
    kí_túc · ký_túc · lên_lớp · lớp_học · mái_trường · môn_học · mầm_non · mẫu_giáo · nam_sinh · nhà_giáo ·
    nhà_trường · nhà_trẻ · năm_học · nữ_sinh · phòng_học · phổ_thông · phụ_huynh · sgk · sinh_viên · sách_giáo ·
    sân_trường · sĩ_số · tan_trường · thcs · thpt · thí_sinh · thầy · thầy_cô · thủ_khoa · tiểu_học · tnsv ·
    trung_học · trường_cđ · trường_học · trường_lớp · trường_nghề · trường_đh · tuyển_sinh · tân_sinh · tới_trường
    · university · vào_lớp · văn_bằng · xoá_mù · xét_tuyển · xóa_mù · á_khoa · ôn_thi · đh · điểm_chuẩn ·
    điểm_trường · đại_học · đến_trường · đề_thi
    """
)
WEAK = _words(
    """
    bằng_cấp · campus · cđ · cử_nhân · dạy · giáo_sư · harvard · học · học_giỏi · học_thuật · học_viện · ielts
    · khoa_học · kì_thi · kỳ_thi · kỹ_sư · lớp · marie_curie · môn · nghiên_cứu · nghề · ngữ_văn · nobel ·
    olympic · oxford · robocon · sat · stem · thi · thiếu_nhi · thạc_sĩ · tiến_sĩ · tiếng_anh · toefl · toán ·
    trường · trẻ · trẻ_em · tốt_nghiệp · u19 · đào_tạo
    """
)

_SAID_OF_OTHERS = frozenset(("thầy", "học viên", "học trò", "phổ thông", "đh"))  # coaches, trainees, unskilled work


def anchored(features: set[str]) -> bool:
    """Does any of the words occur? ``features`` are syllable 1–2-grams."""
    return not (features.isdisjoint(STRONG) and features.isdisjoint(WEAK))


def named(features: set[str]) -> bool:
    """Does a strong word occur, one that hardly speaks of anything but education?"""
    return not features.isdisjoint(STRONG - _SAID_OF_OTHERS)


def counts(found: set[str]) -> tuple[int, int]:
    """(different strong words, different weak words)."""
    return len(found & STRONG), len(found & WEAK)
