"""A room of its own for reading the files of strangers: a process with limits, one for each visit.

What native code does with a hostile file cannot be foreseen, and an abort in it cannot be caught.
So files are read where nothing else lives. The process may take so much memory and time, and the
kernel sees to that; what it leaves behind is removed. Whoever visits waits for parts and an answer,
answers what the work asks (it sees no store), and may stop it at any time.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import multiprocessing
import os
import resource
import signal
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal, Protocol

from graph.errors import TheorygraphError, TooLarge
from graph.settings import Settings

_HERE = __name__.rpartition(".")[0]
READY = tuple(
    f"{_HERE}.{name}" for name in ("intake", "workbook", "review_folder", "references.tagged")
)
"""What most visits need; imported beforehand, it need not be imported in each."""
_SPARE = 32 << 20
"""Bytes that are left to say that there is no more memory."""
_PR_SET_PDEATHSIG = 1
_NO_MORE = b"memory allocation of"
"""What native code in Rust says before it ends the process."""


class Stopped(TheorygraphError):
    """Whoever wanted the answer has gone, or the server ends."""

    slug, title, status = "stopped", "Stopped", 503


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one visit: MiB of memory, seconds of processor time, and seconds by the clock."""

    memory_mb: int
    cpu_seconds: int
    seconds: int

    @classmethod
    def of(cls, settings: Settings, size: int, patience: int) -> Limits:
        """For files of so many bytes that take so many times as long as others."""
        mb = size >> 20
        return cls(
            settings.read_memory_mb,
            patience * (settings.read_cpu_seconds + mb // 4),
            patience * (settings.read_seconds + mb),
        )


class Inside:
    """What the work has of the world outside."""

    def __init__(self, door: Connection) -> None:
        self._door = door

    def ask(self, *question: Any) -> Any:
        """Ask whoever visits, who has the store; if that fails, the visit ends there."""
        self._door.send(("ask", question))
        return self._door.recv()

    def tell(self, part: Any) -> None:
        """Hand out a part of the answer."""
        self._door.send(("part", part))

    def at(self, file: str) -> None:
        """Say which file is read now."""
        self._door.send(("at", file))


class Work(Protocol):
    """A function of a module, which is called in the room."""

    def __call__(self, inside: Inside, *given: Any) -> Any:
        """Do the work; what is returned goes out."""
        ...


class Visit:
    """Lets a visit be stopped from another thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: Any = None
        self.stopped = False

    def begin(self, process: Any) -> None:
        """The work begins.

        Raises:
            Stopped: it is not wanted any more.
        """
        with self._lock:
            self.go_on()
            process.start()
            self._process = process

    def go_on(self) -> None:
        """Nothing, as long as the answer is wanted.

        Raises:
            Stopped: it is not.
        """
        if self.stopped:
            raise Stopped("reading was stopped, since nobody waits for it")

    def stop(self) -> None:
        """End the work, now or as soon as it begins."""
        with self._lock:
            self.stopped = True
            if self._process is not None:
                self._process.kill()

    def end(self) -> int | None:
        """See the process out; with which status it ended."""
        with self._lock:
            process, self._process = self._process, None
            if process is None:
                return None
            process.join(0.2)  # it may just be leaving
            process.kill()
            process.join()
            status: int | None = process.exitcode
            process.close()
            return status


class Room:
    """Where files are read.

    Args:
        settings: limits.
        way: ``fork`` for a command, which has one thread and wants no delay; ``forkserver`` for a
            server, whose processes begin as copies of a small one that has no store and no threads.
        ready: modules that the small one imports beforehand.
    """

    def __init__(
        self,
        settings: Settings,
        way: Literal["fork", "forkserver"] = "fork",
        ready: Iterable[str] = (),
    ) -> None:
        self.settings = settings
        self._processes: Any = multiprocessing.get_context(way)
        self._visits: set[Visit] = set()
        self._closed = False
        if way == "forkserver":
            from multiprocessing.forkserver import ensure_running

            self._processes.set_forkserver_preload(list(ready))
            ensure_running()

    def visit(
        self,
        work: Work,
        *given: Any,
        size: int = 0,
        patience: int = 1,
        answer: Callable[..., Any] | None = None,
        take: Callable[[Any], None] | None = None,
        visit: Visit | None = None,
    ) -> Any:
        """Do work in the room, and give back what it returns.

        Args:
            work: a function of a module.
            given: its arguments.
            size: bytes of the files that it reads; large ones may take longer.
            patience: how many times as long they may take.
            answer: answers what the work asks.
            take: takes the parts that the work hands out.
            visit: by which it can be stopped.

        Raises:
            TooLarge: it went beyond a limit.
            TheorygraphError: what the work or the answering of its questions raised.
            Stopped: it was stopped.
        """
        visit = visit or Visit()
        limits = Limits.of(self.settings, size, patience)
        with tempfile.TemporaryDirectory(prefix="theorygraph-") as place, self._known(visit):
            here, there = self._processes.Pipe()
            arguments = (there, place, limits, work, given)
            process = self._processes.Process(target=_live, args=arguments, daemon=True)
            try:
                visit.begin(process)
                there.close()
                return self._told(here, visit, limits, Path(place), answer, take)
            finally:
                visit.end()
                here.close()
                there.close()

    def _told(
        self,
        here: Connection,
        visit: Visit,
        limits: Limits,
        place: Path,
        answer: Callable[..., Any] | None,
        take: Callable[[Any], None] | None,
    ) -> Any:
        file = ""
        while True:
            try:
                kind, told = here.recv()
            except (EOFError, OSError):
                break
            if kind == "part" and take is not None:
                take(told)
            elif kind == "ask" and answer is not None:
                here.send(answer(*told))
            elif kind == "at":
                file = told
            elif kind == "done":
                return told
            elif kind == "refused":
                raise told
            elif kind == "memory":
                raise _beyond(limits, file, "memory")
            elif kind == "fault":
                raise RuntimeError(f"reading failed\n{told}")
        status = visit.end()
        visit.go_on()
        said = place.joinpath("said")
        words = said.read_bytes() if said.exists() else b""
        if status == -signal.SIGXCPU:
            raise _beyond(limits, file, "processor")
        if status == -signal.SIGALRM:
            raise _beyond(limits, file, "clock")
        if status == -signal.SIGKILL or _NO_MORE in words:
            raise _beyond(limits, file, "memory")
        raise TooLarge(
            f"{file or 'a file'}: what reads it broke down; nothing else was harmed",
            hint="is the file damaged? Save or export it anew",
        )

    @contextlib.contextmanager
    def _known(self, visit: Visit) -> Iterator[None]:
        self._visits.add(visit)
        try:
            if self._closed:
                visit.stop()
            yield
        finally:
            self._visits.discard(visit)

    def close(self) -> None:
        """Stop all that goes on."""
        self._closed = True
        for visit in list(self._visits):
            visit.stop()


def size_of(paths: Iterable[Path]) -> int:
    """Bytes of files, and of what is in folders."""
    files = (one for path in paths for one in (path.iterdir() if path.is_dir() else (path,)))
    return sum(one.stat().st_size for one in files if one.is_file())


def _beyond(limits: Limits, file: str, what: str) -> TooLarge:
    most, name = {
        "memory": (f"{limits.memory_mb:,} MB of memory", "MEMORY_MB"),
        "processor": (f"{limits.cpu_seconds:,} seconds of work", "CPU_SECONDS"),
        "clock": (f"{limits.seconds:,} seconds", "SECONDS"),
    }[what]
    return TooLarge(
        f"{file}: reading it takes more than {most}" if file else f"reading takes more than {most}",
        hint=f"split it, or raise THEORYGRAPH_READ_{name}",
    )


def _live(door: Connection, place: str, limits: Limits, work: Work, given: tuple[Any, ...]) -> None:
    """The life of the process that a visit has."""
    for number in (signal.SIGTERM, signal.SIGXCPU, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever visits decides
    with contextlib.suppress(AttributeError, OSError, TypeError):  # of Linux alone
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    faulthandler.disable()
    said = os.open(f"{place}/said", os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.dup2(said, 2)
    os.close(said)
    tempfile.tempdir = place
    most = _limit(limits)
    told: tuple[str, Any]
    try:
        door.send(("done", work(Inside(door), *given)))
        os._exit(0)
    except TheorygraphError as error:
        told = "refused", error
    except MemoryError:
        told = "memory", None
    except BaseException:
        told = "fault", traceback.format_exc()
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with contextlib.suppress(OSError):  # nobody is there any more
        door.send(told)
    os._exit(0)


def _limit(limits: Limits) -> int:
    """Set the limits; with how much memory there may be to say that there is no more."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (_least(seconds, hard), hard))
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    statm = Path("/proc/self/statm")
    if not statm.exists():  # other systems do not keep to it
        return hard
    there = int(statm.read_text().split()[0]) * resource.getpagesize()
    soft = _least(there + (limits.memory_mb << 20), hard)
    most = _least(soft + _SPARE, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, most))
    return most


def _least(wanted: int, hard: int) -> int:
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
