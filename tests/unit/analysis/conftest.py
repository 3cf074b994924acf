"""One gazetteer, one matcher and one judge for all tests of this folder: they are immutable."""

from __future__ import annotations

import pytest

from analysis.judge import Judge
from analysis.places import PlaceMatcher
from config.gazetteer import Gazetteer, load_gazetteer


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.fixture(scope="session")
def matcher(gazetteer: Gazetteer) -> PlaceMatcher:
    return PlaceMatcher(gazetteer)


@pytest.fixture(scope="session")
def judge(gazetteer: Gazetteer) -> Judge:
    return Judge.load(gazetteer)
