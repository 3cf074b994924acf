# ruff: noqa: E501 - a case reads best on few lines
"""Dates: every form in which Vietnamese pages and feeds write them, and what is none."""

from __future__ import annotations

from tests.abuse.feeds.case import EIGHT, GOOD, Case, case, item, rss

KEPT = "Tin hỏng|Tin lành"
DAY = "2026-11-20T00:00:00+07:00"


def _date(name: str, why: str, given: str, at: str | None = EIGHT, fault: str = "") -> Case:
    return case(name, why, rss(item(date=given), GOOD), KEPT, f"0:{fault}" if fault else "", dates=(at, EIGHT))


CASES = [
    _date("date_slashes", "day first with slashes: feedparser reads none", "20/11/2026 08:00"),
    _date("date_slashes_gmt7", "the same with GMT+7", "20/11/2026 08:00 GMT+7"),
    _date("date_rfc_gmt7", "an RFC date with GMT+7: feedparser reads none", "Fri, 20 Nov 2026 08:00:00 GMT+7"),
    _date("date_rfc_gmt_plus_blank", "GMT +7 with a blank", "Fri, 20 Nov 2026 08:00:00 GMT +7"),
    _date("date_rfc_gmt_hours_minutes", "GMT+07:00", "Fri, 20 Nov 2026 08:00:00 GMT+07:00"),
    _date("date_rfc_no_zone", "an RFC date without zone is Việt Nam's", "Fri, 20 Nov 2026 08:00:00"),
    _date("date_rfc_utc", "UTC", "Fri, 20 Nov 2026 01:00:00 UTC"),
    _date("date_rfc_z", "Z behind an RFC date", "Fri, 20 Nov 2026 01:00:00 Z"),
    _date("date_rfc_no_seconds", "no seconds", "Fri, 20 Nov 2026 08:00 +0700"),
    _date("date_rfc_no_weekday", "no weekday", "20 Nov 2026 08:00:00 +0700"),
    _date("date_rfc_wrong_weekday", "a weekday that does not fit", "Mon, 20 Nov 2026 08:00:00 +0700"),
    _date("date_rfc_colon_zone", "a zone with a colon", "Fri, 20 Nov 2026 08:00:00 +07:00"),
    _date("date_rfc_est", "an American zone", "Thu, 19 Nov 2026 20:00:00 EST"),
    _date("date_rfc_zone_name", "the zone's name in brackets behind it", "Fri, 20 Nov 2026 08:00:00 +0700 (ICT)"),
    _date("date_rfc_two_digit_year", "a year of two digits", "Fri, 20 Nov 26 08:00:00 +0700"),
    _date("date_rfc_long_month", "the month in full", "Fri, 20 November 2026 08:00:00 +0700"),
    _date("date_rfc_blanks", "blanks and line ends around", "\n  Fri, 20 Nov 2026 08:00:00 +0700\n"),
    _date("date_iso", "ISO with zone", "2026-11-20T08:00:00+07:00"),
    _date("date_iso_z", "ISO in UTC", "2026-11-20T01:00:00Z"),
    _date("date_iso_milliseconds", "ISO with thousandths", "2026-11-20T01:00:00.000Z"),
    _date("date_iso_blank", "ISO with a blank instead of T", "2026-11-20 08:00:00"),
    _date("date_iso_no_zone", "ISO without zone is Việt Nam's", "2026-11-20T08:00:00"),
    _date("date_iso_zone_short", "+0700 without colon", "2026-11-20T08:00:00+0700"),
    _date("date_iso_day_only", "a day without clock", "2026-11-20", DAY),
    _date("date_iso_slashes", "year first with slashes", "2026/11/20 08:00"),
    _date("date_dashes_h", "20-11-2026 - 8h00", "20-11-2026 - 8h00"),
    _date("date_dots_sa", "8:00 SA: before noon", "20.11.2026 8:00 SA"),
    _date("date_ch", "SA and CH: after noon it would lie ahead of us", "19/11/2026 8:00 CH", "2026-11-19T20:00:00+07:00"),
    _date("date_am", "AM", "20/11/2026 8:00 AM"),
    _date("date_weekday_vi", "the weekday in words", "Thứ sáu, 20/11/2026, 08:00 (GMT+7)"),
    _date("date_weekday_vi_number", "the weekday as a number", "Thứ 6, 20/11/2026 | 08:00:00 [GMT +7]"),
    _date("date_clock_first", "the clock first", "08:00 ngày 20/11/2026"),
    _date("date_clock_first_dash", "clock, dash, day", "08:00 - 20/11/2026"),
    _date("date_in_words", "the month in words", "Thứ Sáu, ngày 20 tháng 11 năm 2026 - 08:00"),
    _date("date_in_words_no_clock", "the month in words, no clock", "ngày 20 tháng 11 năm 2026", DAY),
    _date("date_gio", "8 giờ 00", "20/11/2026 8 giờ 00"),
    _date("date_g", "8g00, as in the south", "8g00 20/11/2026"),
    _date("date_h_only", "8h without minutes", "20/11/2026 8h"),
    _date("date_day_only", "a day without clock", "20/11/2026", DAY),
    _date("date_day_before_month", "2/3 is the second of March", "2/3/2026 08:00", "2026-03-02T08:00:00+07:00"),
    _date("date_one_digit", "day and month of one digit", "5/9/2026 8:05", "2026-09-05T08:05:00+07:00"),
    _date("date_decomposed", "Vietnamese letters apart from their marks",
          "Thu\u031b\u0301 sa\u0301u, 20/11/2026, 08:00"),
    _date("date_relative", "two hours ago: relative to what?", "2 giờ trước", None, "date_unreadable"),
    _date("date_yesterday", "yesterday", "hôm qua", None, "date_unreadable"),
    _date("date_just_now", "just now", "Vừa xong", None, "date_unreadable"),
    _date("date_words_only", "letters", "không rõ", None, "date_unreadable"),
    _date("date_template", "a template's placeholder", "{{ post.date }}", None, "date_unreadable"),
    _date("date_null", "the word null", "null", None, "date_unreadable"),
    _date("date_zeros", "MySQL's empty date", "0000-00-00 00:00:00", None, "date_unreadable"),
    _date("date_dot_net", ".NET's empty date", "Mon, 01 Jan 0001 00:00:00 +0000", None, "date_too_old"),
    _date("date_epoch", "Unix's empty date", "Thu, 01 Jan 1970 00:00:00 GMT", None, "date_too_old"),
    _date("date_unix_seconds", "seconds since 1970", "1795136400", None, "date_unreadable"),
    _date("date_day_32", "the 32nd", "32/11/2026 08:00", None, "date_unreadable"),
    _date("date_february_30", "the 30th of February", "30/02/2026 08:00", None, "date_unreadable"),
    _date("date_hour_25", "25 o'clock", "20/11/2026 25:00", None, "date_unreadable"),
    _date("date_of_500_characters", "a date of 500 characters", "20/11/2026 " + "x" * 500, None, "date_unreadable"),
    _date("date_of_digits", "ten thousand digits", "9" * 10_000, None, "date_unreadable"),
    _date("date_tomorrow", "a day ahead of the fetch", "Sat, 21 Nov 2026 08:00:00 +0700", None, "date_in_future"),
    _date("date_nine_minutes_ahead", "a clock nine minutes fast is believed", "Fri, 20 Nov 2026 12:09:00 +0700",
          "2026-11-20T12:09:00+07:00"),
    _date("date_year_9999", "the end of time", "9999-12-31T23:59:59Z", None, "date_in_future"),
    _date("date_year_10000", "behind the end of time", "Fri, 20 Nov 10000 08:00:00 +0700", None, "date_unreadable"),
    _date("date_zone_of_99_hours", "a zone of 99 hours", "Fri, 20 Nov 2026 08:00:00 +9900", None, "date_unreadable"),
    case("date_told_by_the_address", "no date, but an address that carries it",
         rss(item(link="https://tuoitre.vn/bai-20261118093714970.htm", date=None), GOOD), KEPT,
         dates=("2026-11-18T09:37:14+07:00", EIGHT)),
    case("date_bad_and_told_by_the_address", "a date that cannot be read, and an address that carries it",
         rss(item(link="https://thanhnien.vn/bai-185261118093714839.htm", date="vừa xong"), GOOD), KEPT, "0:date_unreadable",
         dates=("2026-11-18T09:37:14+07:00", EIGHT)),
    case("date_of_tet_in_the_address", "digits in the address that are no day",
         rss(item(link="https://tuoitre.vn/bai-20261399093714970.htm", date=None), GOOD), KEPT, "0:no_date", dates=(None, EIGHT)),
]  # fmt: skip
