"""What `python -m benchmarks` needs besides clocks: a plot that can be read, and peers that may be missing."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import peers
from benchmarks.plot import Bar, Panel, svg, ticks

SVG = "{http://www.w3.org/2000/svg}"


@given(st.floats(1e-3, 1e9) | st.just(0.0))
def test_an_axis_has_few_round_marks(most: float) -> None:
    marks = ticks(most)
    assert marks[0] == 0
    assert marks[-1] >= most * (1 - 1e-9)
    assert 2 <= len(marks) <= 8


def test_all_that_was_measured_is_in_the_picture() -> None:
    bars = [Bar("<ours> & 中", 3.25), Bar("none", 0), Bar("a peer", 812, False)]
    drawn = ElementTree.fromstring(svg("What it <costs>", [Panel("One", "ms", bars), Panel("Two", "s", bars[:1])]))
    words = [one.text for one in drawn.iter(f"{SVG}text")]
    assert {"One", "Two", "ms", "s", "<ours> & 中", "3.25", "812", "0"} <= set(words)
    classes = [one.get("class") for one in drawn.iter(f"{SVG}rect")]
    assert classes == ["paper", "ours", "ours", "bar", "ours"]
    width, height = map(float, (drawn.get("viewBox") or "").split()[2:])
    for one in drawn.iter(f"{SVG}rect"):
        assert float(one.get("x", 0)) + float(one.get("width", 0)) <= width
        assert float(one.get("y", 0)) + float(one.get("height", 0)) <= height
    assert "prefers-color-scheme: dark" in "".join(drawn.itertext())


def test_a_peer_that_cannot_be_installed_is_left_out_with_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    away = peers.Peer("a peer", "no-such-package", (str(tmp_path / "nowhere"),))
    assert list(peers.installed([away])) == []
    assert capsys.readouterr().err == "a peer is left out: it could not be installed (npm is not there)\n"


def test_names_of_peers_fit_beside_their_bars() -> None:
    assert all(len(f"{peer.name} 12.34.56") <= 32 for peer in peers.PEERS)
