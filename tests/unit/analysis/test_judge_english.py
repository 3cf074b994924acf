"""Foreign press: English by names, anything else to a person. All items are invented."""

from __future__ import annotations

import pytest

from analysis.judge import Item, Judge
from analysis.plain import language
from analysis.verdict import Verdict
from config.gazetteer import load_gazetteer

JUDGE = Judge.load(load_gazetteer())


def one(title: str, lead: str = "", **more: str) -> Verdict:
    return JUDGE.judge([Item("x", title, lead, **more)])[0]


OURS = [
    ("Hai Phong schools get new libraries", "The pupils of the city will have 40 of them by May."),
    ("Haiphong students build a boat that cleans canals", "The team of a secondary school won a prize for it."),
    ("Free lunch for primary pupils in Hai Phong", "The plan was approved by the city's people's council."),
    ("Teachers from abroad come to Haiphong", "They will teach in ten schools of the port city."),
    ("Kindergarten opens in Hai Phong industrial park", "It is for the children of workers."),
    ("Storm closes schools in Haiphong", "Pupils stay at home for the second day."),
    ("Vietnam Maritime University in Hai Phong signs with a Danish partner", "Its students will train at sea."),
    ("Exam results: Hai Phong among the best", "The teachers of the city are proud of it."),
    ("Hai Phong to hire 500 teachers", "The city is short of teachers in its preschools."),
    ("Haiphong classroom tries robots", "The pupils of the school built them on their own."),
]
ABOUT_THE_COUNTRY = [
    ("Vietnam to drop textbook fees", "The ministry in Hanoi said that pupils of all schools will benefit."),
    ("Vietnam makes English the second language in schools", "The government approved the plan on Monday."),
    ("Vietnam's education law is amended", "The National Assembly voted for free schools in Hanoi and elsewhere."),
    ("New curriculum in Vietnam", "A circular of the ministry tells schools how to use it."),
    ("Tuition is waived nationwide in Vietnam", "The prime minister signed the decree for all public schools."),
]
OURS_NOT_SCHOOL = [
    ("Hai Phong port breaks a record", "The terminal handled more boxes than in any year before."),
    ("Haiphong FC win at home", "The club is third in the league after the match."),
    ("A new bridge in Hai Phong", "It is the longest of the region and will open in May."),
    ("Carmaker to expand its plant in Haiphong", "The company will hire 3,000 workers for it."),
    ("Hai Phong cuisine on a list of the best", "The crab noodles of the city are on it."),
]
ELSEWHERE = [
    ("Schools in Finland drop homework", "The pupils of the country have more time for sport."),
    ("University of a small town in Ohio is closed", "The students will move to other campuses."),
    ("Teachers strike in Paris", "The schools of the city were closed for a day."),
    ("Exams in India are moved", "The board said that the heat was the reason."),
    ("Tokyo tests shorter school weeks", "The pupils have three free afternoons."),
    ("A kindergarten in the forest", "Children in Denmark play with the mud all year."),
    ("Thai students plant mangroves", "The work is part of the lessons in their schools."),
]
NOTHING = [
    ("The city opens a new bridge over the river", "It is the longest of the region."),
    ("Rice prices fall in Asia", "The harvest is better than in the year before."),
    ("Vietnam beats Thailand in the final", "The team was the better one from the start."),
    ("Oil is cheaper again", "The market is waiting for a decision of the producers."),
    ("Hanoi has the worst air of the week", "The index was above 300 in the morning."),
]
OTHERS = [
    ("L'école primaire est fermée à cause de la tempête", "Les élèves de la ville restent à la maison."),
    ("Le Vietnam et la France signent un accord", "Les deux pays veulent former des professeurs."),
    ("Die Schule in der Hafenstadt bleibt geschlossen", "Die Kinder lernen zu Hause, sagte der Bürgermeister."),
    ("Las escuelas del puerto cierran por el tifón", "Los alumnos se quedan en casa hasta el lunes."),
    ("Sekolah di kota pelabuhan ditutup karena badai", "Para siswa belajar dari rumah sampai hari Senin."),
    ("海防市学校因台风停课", "学生们在家学习。"),
    ("ໂຮງຮຽນປິດຍ້ອນພາຍຸ", "ນັກຮຽນຢູ່ເຮືອນ"),
    ("하이퐁 학교 휴교", "태풍으로 학생들이 집에 머문다"),
]


def test_there_are_forty_items() -> None:
    assert len(OURS + ABOUT_THE_COUNTRY + OURS_NOT_SCHOOL + ELSEWHERE + NOTHING + OTHERS) == 40


@pytest.mark.parametrize(("title", "lead"), OURS)
def test_english_about_schools_of_ours_is_in_marked_and_says_so(title: str, lead: str) -> None:
    said = one(title, lead)
    assert (said.language, said.relevance) == ("en", "relevant")
    assert said.hp in ("direct", "mention")
    assert said.why.startswith("Bài tiếng Anh")
    assert said.to_json()["language"] == "en"


@pytest.mark.parametrize(("title", "lead"), ABOUT_THE_COUNTRY)
def test_english_about_the_countrys_schools_is_in_as_national(title: str, lead: str) -> None:
    said = one(title, lead)
    assert (said.language, said.relevance, said.scope) == ("en", "relevant", "national")


@pytest.mark.parametrize(("title", "lead"), OURS_NOT_SCHOOL + ELSEWHERE + NOTHING)
def test_other_english_is_out(title: str, lead: str) -> None:
    said = one(title, lead)
    assert (said.language, said.relevance) == ("en", "irrelevant")
    assert said.why


@pytest.mark.parametrize(("title", "lead"), OTHERS)
def test_any_other_language_is_for_a_person_and_says_why(title: str, lead: str) -> None:
    said = one(title, lead)
    assert (said.relevance, said.edu, said.themes, said.places) == ("cannot_judge", "none", (), ())
    assert said.why == "Không phải tiếng Việt hay tiếng Anh: cần người đọc."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Công an nói gì", "vi"),
        ("Hoa khoe sắc trong sân", "vi"),
        ("hoc sinh nghi hoc tranh bao nam hoc moi", "vi-plain"),
        ("HIGHLIGHT CLB 2-1", "vi-plain"),
        ("Hai Phong schools win national robotics award again", "en"),
        ("Universitas baru dibuka oleh presiden kemarin", "other"),
        ("", "none"),
    ],
)
def test_what_a_text_is_written_in(text: str, expected: str) -> None:
    assert language(text) == expected
