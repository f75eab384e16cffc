"""The kill switch holds at once, for every process on the data folder, and stops everything when in doubt."""

from pathlib import Path

import pytest

from assistant.access.switch import Stoppable, Switch
from assistant.errors import StoreUnavailable


def test_nothing_is_stopped_before_somebody_stops_it(tmp_path: Path) -> None:
    assert not any(Switch(tmp_path / "stops.json").is_off(kind) for kind in Stoppable)


def test_a_stop_is_seen_at_once_by_another_process_and_after_a_restart(tmp_path: Path) -> None:
    here, there = (Switch(tmp_path / "folder" / "stops.json") for _ in range(2))
    assert not there.is_off(Stoppable.LAW)
    here.set(Stoppable.LAW, "key:a", off=True)
    for switch in (here, there, Switch(here.path)):
        assert switch.stops()[Stoppable.LAW].by == "key:a"
        assert (switch.is_off(Stoppable.LAW), switch.is_off(Stoppable.DATA)) == (True, False)


def test_letting_one_kind_go_on_leaves_the_others_stopped(tmp_path: Path) -> None:
    switch = Switch(tmp_path / "stops.json")
    switch.set(Stoppable.LAW, "key:a", off=True)
    first = switch.set(Stoppable.MODEL, "key:b", off=True)[Stoppable.MODEL]
    assert switch.set(Stoppable.LAW, "key:b", off=False) == {Stoppable.MODEL: first} == switch.stops()


def test_a_stop_of_everything_stops_every_kind(tmp_path: Path) -> None:
    switch = Switch(tmp_path / "stops.json")
    switch.set(Stoppable.ALL, "key:a", off=True)
    assert all(switch.is_off(kind) for kind in Stoppable)


@pytest.mark.parametrize("kept", ["", "[]", "null", '{"law": 1}', '{"law": {}}', '{"who knows": {"at": "", "by": ""}}'])
def test_a_file_that_cannot_be_understood_stops_everything(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "stops.json"
    path.write_text(kept, encoding="utf-8")
    assert Switch(path).is_off(Stoppable.DATA)


def test_a_file_that_cannot_be_looked_at_stops_everything_and_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    switch = Switch(tmp_path / "file" / "stops.json")
    assert switch.is_off(Stoppable.DATA)
    with pytest.raises(StoreUnavailable):
        switch.set(Stoppable.DATA, "key:a", off=True)
