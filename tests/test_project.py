"""What pyproject.toml says to the recorder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from runnable.problem import ProblemsError
from runnable.project import Project, Service

Make = Callable[[dict[str, str | bytes]], Project]


def test_services_are_declared_with_where_they_are_and_how_to_start_them(make_project: Make) -> None:
    text = '[tool.runnable.services.tea]\nurl = "tea://127.0.0.1:99/pot"\nvariable = "TEA"\ndebian = "apt-get tea"\n'
    (service,) = make_project({"pyproject.toml": text}).services.values()
    assert service == Service("tea", "tea://127.0.0.1:99/pot", variable="TEA", ways={"debian": "apt-get tea"})
    assert service.address == ("127.0.0.1", 99)


@pytest.mark.parametrize("text", ["", "[tool.other]\n", "[tool.runnable]\nbrowser = true\n"])
def test_there_need_be_none(make_project: Make, text: str) -> None:
    assert make_project({"pyproject.toml": text}).services == {}
    assert make_project({}).services == {}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (b"# caf\xe9\n", "pyproject.toml:1: byte 5 is not UTF-8. Save the file as UTF-8."),
        (
            "[project]\nname = tea\n",
            "pyproject.toml:2: this is not TOML: Invalid value (at line 2, column 8). Correct it there.",
        ),
        (
            "[tool]\nrunnable = 1\n",
            "pyproject.toml: tool.runnable is 1. It must be a table: write “[tool.runnable]”.",
        ),
        (
            "[tool.runnable]\nservices = ['tea']\n",
            "pyproject.toml: tool.runnable.services is ['tea']. "
            "Write a table for each: “[tool.runnable.services.name]”.",
        ),
        (
            "[tool.runnable.services.tea]\nvariable = 'TEA'\n",
            "pyproject.toml: [tool.runnable.services.tea] has no url. "
            "Write where the server listens by default, as in url = “127.0.0.1:6379”.",
        ),
        (
            "[tool.runnable.services.tea]\nurl = 'tea://127.0.0.1/pot'\n",
            "pyproject.toml: the url of [tool.runnable.services.tea] is of no use: there is no port in "
            "“tea://127.0.0.1/pot”. Write where the server listens.",
        ),
    ],
)
def test_what_cannot_be_used_is_told(make_project: Make, text: str | bytes, wrong: str) -> None:
    project = make_project({"pyproject.toml": text})
    with pytest.raises(ProblemsError) as told:
        _ = project.services
    assert str(told.value) == wrong
