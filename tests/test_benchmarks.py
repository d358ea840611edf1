"""The benchmarks' verdicts and tables, on made-up figures: nothing is measured here."""

from __future__ import annotations

import gzip
import hashlib
import io
import urllib.error
import urllib.request
import zipfile
from dataclasses import replace
from http.client import HTTPMessage
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from benchmarks import browser, fence, guide, machine, report, twin
from benchmarks.__main__ import BENCHMARKS, CLAIMS, main, measured
from benchmarks.bench import Bench, Benchmark, NotMeasuredError
from benchmarks.chromium import chromium
from benchmarks.claim import Claim, Measurement, Target
from benchmarks.command import Cost
from benchmarks.guide import Recorded
from benchmarks.machine import Machine
from benchmarks.report import Result
from benchmarks.server import Sent, Server, served
from benchmarks.trial import TRIVIAL, WAITS, Program, Trial
from runnable import page
from runnable.kit.wheels import Wheel
from runnable.project import Project
from runnable.snippet import find_snippets
from runnable.transcript import Transcript

QUICK = Claim("quick", "Record it", "record it elsewhere", "s", Target("ours", "at most", 2), faster=True)
CHEAP = Claim("cheap", "CPU to record it", "CPU of plain processes", "s", Target("ratio", "at most", 1.3), why="Forks.")
FASTER = Claim("faster", "Record it", "blocks", "s", Target("ratio", "at least", 40), faster=True)
SMALL = Claim("small", "Peak of memory", "", "MB", Target("ours", "at most", 1500))
ONE = Claim("one", "Programs that run", "", "", Target("ours", "exactly", 1))
RATE = Claim("rate", "Requests", "on the desktop", "/s", None)

MACHINE = Machine(
    date="2026-11-24 12:00 UTC",
    cpu="A | B",
    cores=2,
    memory_gb=25.3,
    kernel="Linux 6.1 x86_64",
    python="CPython 3.11.7",
    versions={"mkdocs": "1.6.1"},
    load=0.5,
    commit="abc123+",
)


# Verdicts


@pytest.mark.parametrize(
    ("measurement", "verdict"),
    [
        (Measurement(QUICK, (1.5, 1.6, 1.9), (5.0, 6.0, 5.5)), "met"),
        (Measurement(QUICK, (1.5, 1.6, 2.1)), "met in 2 of 3 rounds"),
        (Measurement(QUICK, (2.5, 2.6, 1.9)), "missed in 2 of 3 rounds"),
        (Measurement(QUICK, (2.0,)), "met"),
        (Measurement(QUICK), "not measured"),
        (Measurement(CHEAP, (1.2, 2.4), (1.0, 2.0)), "met"),
        (Measurement(CHEAP, (1.4, 2.8), (1.0, 2.0)), "missed"),
        (Measurement(CHEAP, (1.4,)), "not measured"),
        (Measurement(FASTER, (2.0, 2.1, 2.2), (100.0,)), "met"),
        (Measurement(FASTER, (2.6, 2.5, 2.4), (100.0,)), "met in 2 of 3 rounds"),
        (Measurement(ONE, (1, 1)), "met"),
        (Measurement(ONE, (1, 0, 2)), "met in 1 of 3 rounds"),
        (Measurement(ONE, (0, 0)), "missed"),
        (Measurement(RATE, (800.0,), (4000.0,)), "stated"),
        (Measurement(RATE), "not measured"),
    ],
)
def test_the_verdict_is_that_of_the_median_and_tells_when_rounds_disagree(
    measurement: Measurement, verdict: str
) -> None:
    assert measurement.verdict == verdict


def test_the_ratio_is_that_of_each_round_before_the_median_is_taken() -> None:
    # The second round was slow on both sides: that is the machine's doing, not ours.
    assert Measurement(CHEAP, (1.1, 4.4, 1.1), (1.0, 4.0, 1.0)).ratios == pytest.approx((1.1, 1.1, 1.1))


def test_a_ratio_against_fewer_rounds_is_against_their_median() -> None:
    assert Measurement(FASTER, (1.0, 2.0, 4.0), (99.0, 101.0)).ratios == (100.0, 50.0, 25.0)


# The table


def test_a_row_has_medians_spreads_ratio_target_and_verdict() -> None:
    assert report.row(Measurement(FASTER, (2.0, 1.5, 1.6), (101.25,))) == (
        "Record it",
        "1.60 s (1.50 s to 2.00 s)",
        "blocks: 101.2 s",
        "63 × faster",
        "at least 40 × faster",
        "met",
    )
    assert report.row(Measurement(CHEAP, (1.0, 1.5), (1.0, 1.0))) == (
        "CPU to record it",
        "1.25 s (1.00 s to 1.50 s)",
        "CPU of plain processes: 1.00 s",
        "1.25 ×",
        "at most 1.3 × theirs",
        "met in 1 of 2 rounds",
    )
    assert report.row(Measurement(SMALL, (405.6,))) == ("Peak of memory", "406 MB", "–", "–", "at most 1,500 MB", "met")
    assert report.row(Measurement(ONE)) == ("Programs that run", "–", "–", "–", "exactly 1", "not measured")
    assert report.row(Measurement(Claim.at_most("few", "Bytes", 10_000, against="all"), (9_000,), (6_000_000,))) == (
        "Bytes",
        "9,000",
        "all: 6,000,000",
        "0.0015 ×",
        "at most 10,000",
        "met",
    )


def test_a_figure_without_a_target_is_stated() -> None:
    stated = Measurement(RATE, (801.4, 1799.0), (4000.0, 4000.0))
    row = ("Requests", "1,300 a second (801 a second to 1,799 a second)", "on the desktop: 4,000 a second", "0.33 ×")
    assert report.row(stated) == (*row, "–", "stated")
    assert next(report.details(stated)) == "Rounds: ours 801 a second, 1,799 a second."
    assert list(report.details(Measurement(RATE))) == ["**Not measured**; there is no target."]


def test_the_table_shows_every_measurement() -> None:
    console = Console(file=io.StringIO(), width=140)
    console.print(report.table([Measurement(SMALL, (405.6,)), Measurement(CHEAP, (1.4,), (1.0,))]))
    assert isinstance(console.file, io.StringIO)
    lines = [" ".join(line.split()) for line in console.file.getvalue().splitlines()]
    assert lines[0] == "What Ours Against Ratio Target Verdict"
    assert lines[2:] == [
        "Peak of memory 406 MB – – at most 1,500 MB met",
        "CPU to record it 1.40 s CPU of plain processes: 1.00 s 1.40 × at most 1.3 × theirs missed",
    ]


def test_a_missed_target_is_said_with_its_reason() -> None:
    assert list(report.details(Measurement(CHEAP, (1.4, 1.5), (1.0, 1.0), ("A note.",), others=0.25))) == [
        "**Missed**; the target is at most 1.3 × theirs. Forks.",
        "Rounds: ours 1.40 s, 1.50 s.",
        "Rounds: theirs 1.00 s, 1.00 s.",
        "Rounds: ratio 1.40 ×, 1.50 ×.",
        "A note.",
        "Other programs used 25% of all cores meanwhile: on a quiet machine these figures differ.",
    ]
    assert list(report.details(Measurement(QUICK, (3.0,)))) == [
        "**Missed**; the target is at most 2.00 s. Why has not been profiled yet.",
        "Rounds: ours 3.00 s.",
    ]


def test_the_reason_for_a_miss_is_not_shown_where_the_target_is_met() -> None:
    assert list(report.details(Measurement(CHEAP, (1.0,), (1.0,)))) == [
        "Rounds: ours 1.00 s.",
        "Rounds: theirs 1.00 s.",
    ]


def test_the_page_is_made_from_what_is_kept() -> None:
    claims = (CHEAP, SMALL, ONE)
    result = Result(
        MACHINE,
        (
            Measurement(CHEAP, (1.4,), (1.0,), ("A note.",), 0.25),
            Measurement(SMALL, (405.6,)),
            Measurement(ONE, notes=("No /proc.",)),
        ),
    )
    assert Result.loads(result.dumps(), claims) == result
    assert report.markdown(result).partition("\n- Date")[2] == (
        ": 2026-11-24 12:00 UTC\n"
        "- CPU: A | B, 2 cores\n"
        "- Memory: 25.3 GB\n"
        "- Kernel: Linux 6.1 x86_64\n"
        "- Python: CPython 3.11.7\n"
        "- Packages: mkdocs 1.6.1\n"
        "- Load at start: 0.50\n"
        "- Project: abc123+\n"
        "\n"
        "| What | Ours | Against | Ratio | Target | Verdict |\n"
        "| --- | --- | --- | ---: | --- | --- |\n"
        "| CPU to record it | 1.40 s | CPU of plain processes: 1.00 s | 1.40 × | at most 1.3 × theirs | **missed** |\n"
        "| Peak of memory | 406 MB | – | – | at most 1,500 MB | met |\n"
        "| Programs that run | – | – | – | exactly 1 | **not measured** |\n"
        "\n"
        "## CPU to record it, against CPU of plain processes\n"
        "\n"
        "- **Missed**; the target is at most 1.3 × theirs. Forks.\n"
        "- Rounds: ours 1.40 s.\n"
        "- Rounds: theirs 1.00 s.\n"
        "- A note.\n"
        "- Other programs used 25% of all cores meanwhile: on a quiet machine these figures differ.\n"
        "\n"
        "## Peak of memory\n"
        "\n"
        "- Rounds: ours 406 MB.\n"
        "\n"
        "## Programs that run\n"
        "\n"
        "- **Not measured**; the target is exactly 1.\n"
        "- No /proc.\n"
    )


@pytest.mark.skipif(not report.JSON.exists(), reason="nothing has been measured yet")
def test_the_kept_page_was_not_changed_by_hand() -> None:
    result = Result.loads(report.JSON.read_text("utf-8"), CLAIMS)
    assert report.MARKDOWN.read_text("utf-8") == report.markdown(result), "run “python -m benchmarks --render”"
    assert [measurement.claim for measurement in result.measurements] == list(CLAIMS)


def test_what_is_measured_anew_takes_the_place_of_what_was_kept_and_says_when() -> None:
    kept = Result(MACHINE, (Measurement(CHEAP, (1.4,), (1.0,)), Measurement(ONE, (0,), notes=("Old.",))))
    later = replace(MACHINE, date="2026-11-26 18:00 UTC", load=3.25, commit="def456", kernel="Linux 6.2 x86_64")
    new = Result(later, (Measurement(RATE, (800.0,)), Measurement(ONE, (1,), notes=("New.",))))
    when = "Measured by itself: 2026-11-26 18:00 UTC, load at start 3.25, project def456."
    assert kept.with_anew(new, (CHEAP, RATE, ONE)) == Result(
        MACHINE,
        (
            Measurement(CHEAP, (1.4,), (1.0,)),
            Measurement(RATE, (800.0,), notes=(when,)),
            Measurement(ONE, (1,), notes=("New.", when)),
        ),
    )
    failed = Result(later, (Measurement(ONE, (), notes=("It failed.",)),))
    assert kept.with_anew(failed, (CHEAP, RATE, ONE)) == kept


def test_what_was_measured_elsewhere_is_not_put_together() -> None:
    kept, new = (Result(machine, (Measurement(ONE, (1,)),)) for machine in (MACHINE, replace(MACHINE, cores=8)))
    with pytest.raises(ValueError) as error:
        kept.with_anew(new, (ONE,))
    assert (
        str(error.value) == "it was measured on A | B, 2 cores, CPython 3.11.7; this is A | B, 8 cores, CPython 3.11.7"
    )


# The benchmarks


def test_claims_have_names_of_their_own() -> None:
    assert len({claim.name for claim in CLAIMS}) == len(CLAIMS)
    assert len({benchmark.name for benchmark in BENCHMARKS}) == len(BENCHMARKS)


def test_what_cannot_be_measured_is_a_verdict_not_a_crash(tmp_path: Path) -> None:
    def measure(bench: Bench) -> list[Measurement]:
        raise NotMeasuredError("There is no /proc here.")

    found = measured(Benchmark("none", (SMALL, ONE), measure), Bench(tmp_path, full=False, say=print))
    assert found == [
        Measurement(SMALL, notes=("There is no /proc here.",)),
        Measurement(ONE, notes=("There is no /proc here.",)),
    ]


def test_sides_take_turns_and_every_other_round_is_reversed(tmp_path: Path) -> None:
    order: list[str] = []
    said: list[str] = []
    bench = Bench(tmp_path, full=False, say=said.append)
    results = bench.interleaved("x", 3, lambda: order.append("a") or 1, lambda: order.append("b") or 2)
    assert "".join(order) == "abbaab"
    assert results == [[1, 1, 1], [2, 2, 2]]
    assert said == ["x: round 1 of 3", "x: round 2 of 3", "x: round 3 of 3"]


@pytest.mark.parametrize(("uncounted", "idle"), [(0.0, False), (40.0, False), (60.0, True)])
def test_what_nobody_waited_for_is_not_taken_for_bystanders(
    uncounted: float, idle: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # All cores worked for 100 s, of which 40 s are those of processes that ended and were waited for.
    monkeypatch.setattr(machine, "_busy", iter([1000.0, 1100.0]).__next__)
    monkeypatch.setattr(machine, "_ours", iter([10.0, 50.0]).__next__)
    bystanders = machine.Bystanders()
    with bystanders.watched(iter([5.0, 5.0 + uncounted]).__next__):
        pass
    assert (bystanders.share == 0) is idle


def test_an_unknown_name_lists_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "speed"])
    assert "waiting" in capsys.readouterr().err


@pytest.mark.parametrize("program", [TRIVIAL, WAITS], ids=["trivial", "waits"])
def test_a_trial_is_a_sound_project(program: Program, tmp_path: Path) -> None:
    trial = Trial.make(tmp_path, program, 45)
    project = Project.at(tmp_path)
    snippets, problems = find_snippets(project)
    assert problems == []
    assert len(snippets) == len(trial.programs) == 45
    assert page.check_pages(project, snippets) == []
    assert set(page.used_by(project)) == {snippet.slug for snippet in snippets}
    for snippet in snippets:
        place = snippet.transcript_path.name
        assert Transcript.parse(snippet.transcript_path.read_text("utf-8"), place).command == snippet.command


# The guide


def test_the_pages_of_real_systems_are_there_and_have_all_programs_that_need_a_service() -> None:
    snippets, _ = find_snippets(Project.at(guide.ROOT))
    assert set(guide.REAL_SYSTEMS) <= set(guide.pages(snippets))
    needing = {guide.page_of(snippet) for snippet in snippets if snippet.header.services}
    assert needing <= set(guide.REAL_SYSTEMS)


def test_the_guide_is_measured_without_real_systems_and_then_what_these_add(tmp_path: Path) -> None:
    for name in ("core/waits", "core/measures", "production-patterns/kafka/sends", "production-patterns/load/measures"):
        path = tmp_path / f"snippets/{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        header = "# /// script\n# [tool.runnable]\n# alone = true\n# ///\n" if name.endswith("measures") else ""
        path.write_text(header + "print(1)\n", "utf-8")
    (tmp_path / "docs").mkdir()
    snippets, _ = find_snippets(Project.at(tmp_path))
    assert guide.pages(snippets) == ["core", "production-patterns/kafka", "production-patterns/load"]

    printed = "ran snippets/core/waits.py in 4.00 s\nran snippets/core/measures.py in 1.50 s\n"
    more = (
        "ran snippets/production-patterns/kafka/sends.py in 7.00 s\n"
        "ran snippets/production-patterns/load/measures.py in 2.50 s\n4 ran and 0 fresh: 12.0 s\n"
    )
    parts = [Recorded.of(Cost(seconds, 6.0, printed)) for seconds in (9.0, 10.0)]
    wholes = [Recorded.of(Cost(seconds, 16.0, printed + more)) for seconds in (20.0, 24.0)]
    without, added = guide.measurements(snippets, parts, wholes, 2)
    assert [without.claim.name, added.claim.name] == ["guide without systems", "real systems"]
    assert (without.ours, without.theirs) == ((5.0, 6.0), (5.5, 5.5))
    assert without.notes == (
        "2 programs. The whole command took 9.5 s, of which core/waits took 4.0 s; the 1 programs that measure, each "
        "by itself, took 1.5 s.",
        "CPU: 6.0 s. With 2 cores at work all the time that takes 3.0 s.",
        "The environments of other Pythons had been made before.",
    )
    assert (added.ours, added.theirs) == ((11.0, 14.0), (9.5, 9.5))
    assert added.notes == (
        "2 programs more. All of it took 22.0 s, which is 15.0 s beyond its longest program, "
        "production-patterns/kafka/sends; the 1 programs among them that measure, each by itself, took 2.5 s.",
        "CPU: 10.0 s. With 2 cores at work all the time that takes 5.0 s.",
        "PostgreSQL and Kafka were started, and stopped, within that time; MariaDB and RabbitMQ ran before.",
    )


# The twin of the site


def test_the_twin_has_two_fences_for_each_block(tmp_path: Path) -> None:
    Trial.make(tmp_path, Program('# /// script\n# dependencies = []\n# ///\nprint("hi")\n', "hi\n"), 1)
    snippets = {snippet.slug: snippet for snippet in find_snippets(Project.at(tmp_path))[0]}
    link = "../snippets/page-000/program_0000.py"
    text = (
        f"See [this one]({link}) first.\n\n[Says hi]({link}){{ stress=4 }}\n\n"
        f"??? note\n\n    [Says hi again]({link}){{ output=false }}\n\nEnd.\n"
    )
    fenced, blocks = twin.with_fences(text, snippets)
    assert blocks == 2
    assert fenced == (
        "See this one first.\n\nSays hi\n\n"
        '~~~~python\nprint("hi")\n~~~~\n\n~~~~text\n$ python snippets/page-000/program_0000.py\nhi\n~~~~\n\n'
        '??? note\n\n    Says hi again\n\n    ~~~~python\n    print("hi")\n    ~~~~\n\nEnd.\n'
    )


def test_the_twin_is_built_without_our_hooks_and_extension() -> None:
    config = (
        "strict: true\n"
        "hooks: [runnable/hooks.py]\n"
        "markdown_extensions:\n"
        "  - runnable.markdown:\n      root: .\n"
        "  - runnable.markdown\n"
        "  - toc:\n      slugify: !!python/name:slugs.slugify\n"
        "  - tables\n"
    )
    plain = twin.without_runnable(config)
    assert "!!python/name:slugs.slugify" in plain
    assert yaml.safe_load(plain.replace("!!python/name:slugs.slugify ''", "x")) == {
        "strict": False,
        "markdown_extensions": [{"toc": {"slugify": "x"}}, "tables"],
    }
    assert twin.without_runnable("hooks: [runnable/hooks.py, mine.py]\n") == "hooks: [mine.py]\n"


# Pages, and who reads them


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text("<p>Hello.</p>" * 100, "utf-8")
    (tmp_path / "lib.zip").write_bytes(bytes(range(256)))
    (tmp_path / "code.wasm").write_bytes(b"\0asm" * 1000)
    return tmp_path


def ask(server: Server, path: str, **headers: str) -> tuple[int, HTTPMessage, bytes]:
    request = urllib.request.Request(server.address + path, headers={"Accept-Encoding": "gzip", **headers})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_the_server_compresses_what_is_not_compressed_and_counts_what_it_sends(files: Path) -> None:
    with served(files) as server:
        status, headers, page = ask(server, "page/?new")
        assert (status, headers["Content-Type"], headers["Content-Encoding"]) == (200, "text/html", "gzip")
        assert headers["Cache-Control"] == "max-age=600"
        assert gzip.decompress(page) == (files / "page" / "index.html").read_bytes()
        _, headers, code = ask(server, "code.wasm")
        assert (headers["Content-Type"], headers["Content-Encoding"]) == ("application/wasm", "gzip")
        _, headers, archive = ask(server, "lib.zip")
        assert (headers["Content-Encoding"], archive) == (None, bytes(range(256)))
        assert ask(server, "lib.zip", **{"If-None-Match": headers["ETag"]})[0] == 304
    sizes = [("page/", len(page)), ("code.wasm", len(code)), ("lib.zip", 256), ("lib.zip", 0)]
    assert server.sent == [Sent(*each) for each in sizes]


@pytest.mark.parametrize("path", ["nothing.html", "../outside.txt", "%2e%2e/outside.txt", "page"])
def test_the_server_sends_files_of_its_folder_alone(files: Path, path: str) -> None:
    (files / "outside.txt").write_text("no", "utf-8")
    (files / "page" / "site").mkdir()
    with served(files / "page" / "site") as server:
        assert ask(server, path)[0] == 404
        assert server.sent == []


def test_their_page_loads_from_its_own_server() -> None:
    html = '<script src="https://a.example/pyodide/v1/full/pyodide.js"></script><a href="https://b.example/">B</a>'
    assert fence.from_here(html) == (
        '<script src="/assets/theirs/pyodide.js"></script><a href="https://b.example/">B</a>'
    )


def test_their_list_of_packages_offers_the_wheels_that_there_are(tmp_path: Path) -> None:
    path = tmp_path / "Tea.Pot-2.1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("teapot/__init__.py", "")
        archive.writestr(
            "tea_pot-2.1.dist-info/METADATA", 'Requires-Dist: cup>=1\nRequires-Dist: mug; extra == "big"\n'
        )
    lock = {"info": {"python": "3.14.2"}, "packages": {"tea-pot": {"version": "2.0"}, "cup": {"version": "1.0"}}}
    assert fence.offering([Wheel(path)], lock) == {
        "info": {"python": "3.14.2"},
        "packages": {
            "cup": {"version": "1.0"},
            "tea-pot": {
                "name": "tea-pot",
                "version": "2.1",
                "file_name": "Tea.Pot-2.1-py3-none-any.whl",
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "depends": ["cup"],
                "imports": ["teapot"],
                "install_dir": "site",
                "package_type": "package",
                "tool": {},
                "unvendored_tests": False,
            },
        },
    }


OURS = {claim.name: 1.0 for claim in browser.CLAIMS} | {
    "output after a stop": 0.5,
    "output after an import": 0.75,
    "bytes of an import": 700_000,
}
THEIRS = {claim.name: 3.0 for claim in browser.CLAIMS if "pyodide" in claim.against}
DESKTOP = {"page-requests": 4000.0}


def test_figures_of_readers_become_measurements() -> None:
    found = browser.measurements([DESKTOP] * 2, [OURS] * 2, [THEIRS] * 2, "156.0", "")
    assert [each.claim for each in found] == list(browser.CLAIMS)
    assert {each.ours for each in found} == {(1.0, 1.0)}
    theirs = {each.claim.name: each.theirs for each in found}
    assert theirs.pop("page-stopped") == ()
    assert theirs.pop("page-requests") == (4000.0, 4000.0)
    assert set(theirs.values()) == {(3.0, 3.0)}


def test_where_theirs_cannot_be_had_ours_are_measured_all_the_same() -> None:
    found = browser.measurements([DESKTOP], [OURS], [], "156.0", "There is no network.")
    assert all(each.ours == (1.0,) for each in found)
    assert [each.claim.name for each in found if each.theirs] == ["page-requests"]
    for each in found:
        assert ("There is no network." in each.notes) == (each.claim.name in THEIRS)


def test_where_there_is_no_chromium_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("RUNNABLE_CHROMIUM", raising=False)
    with pytest.raises(NotMeasuredError) as error, chromium(tmp_path):
        pass
    assert str(error.value) == (
        "There is no Chromium: none of chromium, chromium-browser, google-chrome, and RUNNABLE_CHROMIUM names none."
    )
