"""What a command prints wherever its output goes: a terminal of any encoding, a pipe, nowhere."""

import errno
import io
import os
import sys

import pytest

from ftz_data.__main__ import main

# Commands whose output has words, names of files or examples in Chinese.
PRINTING = {
    "help": (["new", "--help"], 0),
    "notebooks": (["notebooks", "{folder}/笔记本"], 0),
    "refusal": (["new", "很多"], 2),
}
# These take a second each time.
SLOW = {
    "compare": (["compare", "built-in", "built-in"], 0),
    "draft": (["draft", "{folder}/报告.txt", "-o", "{folder}/草稿"], 0),
    "export": (["export", "--figures", "crude_time_before", "-o", "{folder}/数据.csv"], 0),
}


@pytest.fixture(params=[*PRINTING, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)])
def command(request, tmp_path, monkeypatch):
    """Runs a command in Chinese; returns its status, in a folder of its own each time."""
    monkeypatch.setenv("FTZ_LANG", "zh")
    arguments, status = (PRINTING | SLOW)[request.param]
    times = 0

    def run():
        nonlocal times
        times += 1
        folder = tmp_path / str(times)
        folder.mkdir()
        (folder / "报告.txt").write_text("比上年增长20%，有12家企业。", encoding="utf-8")
        try:
            return main([each.format(folder=folder) for each in arguments])
        except SystemExit as stopped:
            return stopped.code

    run.status = status
    return run


def printed(run, monkeypatch, **terminal):
    """What a command writes to a terminal, and its status."""
    written = io.BytesIO()
    with io.TextIOWrapper(written, **terminal) as output, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", output)
        status = run()
        output.flush()
        return written.getvalue(), status


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "gb2312", "utf-16"])
def test_every_command_prints_all_it_has_to_say(command, encoding, monkeypatch):
    whole, _ = printed(command, monkeypatch, encoding="utf-8")
    shown, status = printed(command, monkeypatch, encoding=encoding, errors="strict")
    # Each run has a folder of its own, of one digit.
    wanted = whole.decode().replace("/1/", "/2/").encode(encoding, errors="replace")
    assert shown.decode(encoding) == wanted.decode(encoding)
    assert status == command.status


def test_a_command_without_any_output_ends_as_usual(command, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert command() == command.status
    for each in (sys.stdout, sys.stderr):
        each.close()


def test_a_reader_that_has_seen_enough_is_no_bad_input(monkeypatch, capsys):
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w") as output, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", output)
        assert main(["new", "20余家企业"]) == 1
    assert capsys.readouterr().err == ""


class Full(io.RawIOBase):
    """A file on a disk that has no room."""

    def writable(self):
        return True

    def write(self, data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_is_said_in_one_line(monkeypatch, capsys):
    output = io.TextIOWrapper(Full(), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", output)
        assert main(["derived"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("python -m ftz_data: ") and said.count("\n") == 1, said
    # What could not be written stays in it, and closing it would try once more.
    output.detach()
