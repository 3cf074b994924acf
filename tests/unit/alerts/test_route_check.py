"""Who could not be told: everybody with the shipped file, nobody in the demo, and exactly whoever is taken out."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

from alerts.route import Router, Subject
from alerts.route_check import unreached
from alerts.route_files import load_router
from config.contacts import load_contacts
from config.offices import load_offices
from config.routing import Rule, load_routing
from store.model_case import CaseKind

DEMO = Path(__file__).resolve().parents[3] / "demo" / "contacts.yml"


def demo(home: Path) -> Router:
    shutil.copy(DEMO, home / "contacts.yml")
    router, errors = load_router(home)
    assert not errors
    return router


def test_the_shipped_file_says_honestly_that_nobody_can_be_told() -> None:
    router = Router(load_routing()[0], load_offices()[0], load_contacts()[0])
    found = unreached(router)
    assert len(found.of_communes) == found.communes == 114
    assert {"office:sgddt_vp", "office:sgddt_bgd", "office:songoaivu", "role:kiem_tra"} <= {g.key for g in found.gaps}
    assert all(g.times and g.example and g.key in g.fix for g in found.gaps)


def test_in_the_demo_everybody_can_be_told_at_addresses_that_are_nobodys(tmp_path: Path) -> None:
    found = unreached(demo(tmp_path))
    assert found.gaps == () and found.communes == 114 and found.routes > 114 * 6 * 33
    addresses = re.findall(r"email: (\S+?)[}\]\s]", DEMO.read_text(encoding="utf-8"))
    assert len(addresses) > 120 and all(a.endswith(".example") for a in addresses)


def test_one_commune_without_an_address_is_found_alone(tmp_path: Path) -> None:
    router = demo(tmp_path)
    contacts = dict(router.world.contacts)
    contacts["commune:11948"] = replace(contacts["commune:11948"], addresses=())
    (gap,) = unreached(Router(router.rules, router.world.offices, contacts)).gaps
    assert gap.key == "commune:11948" and "Bạch Long Vĩ" in gap.name


def test_a_substitute_is_enough(tmp_path: Path) -> None:
    router = demo(tmp_path)
    contacts = dict(router.world.contacts)
    contacts["commune:11948"] = replace(contacts["commune:11948"], addresses=(), substitute="commune:11413")
    assert not unreached(Router(router.rules, router.world.offices, contacts)).gaps


def test_a_rule_for_one_commune_alone_is_tried_there(tmp_path: Path) -> None:
    """Communes count as alike only where no rule tells them apart."""
    router = demo(tmp_path)
    rule = Rule.model_validate({
        "name": "Một nơi", "when": {"places": ("11948",), "kinds": ("story",)}, "owner": "office:hnb",
    })  # fmt: skip
    changed = Router(replace(router.rules, rules={"mot_noi": rule, **router.rules.rules}), router.world.offices,
                     router.world.contacts)  # fmt: skip
    assert [g.key for g in unreached(changed).gaps] == ["office:hnb"]
    assert changed(Subject(CaseKind.STORY, "11413")).owner != "office:hnb"
