"""Run a real Neo4j community server for tests and trials, from its Maven artifacts.

Needs Java 17 or newer and, the first time, Maven; nothing else, no container and no account.
The server listens on 127.0.0.1 only and its password is a fixed test password: it is not a
place for data that matters.

    python scripts/neo4j_server.py start          start it (or find it running), print its URI
    python scripts/neo4j_server.py env            print export lines for the shell
    python scripts/neo4j_server.py status         say whether it runs
    python scripts/neo4j_server.py stop           end it
    python scripts/neo4j_server.py run -- CMD …   a fresh server for the length of one command
                                   run --lasting  the same, for benchmarks: it compiles as shipped

From Python, a second server that a test may kill and start again at the same port::

    info = start(data_dir=tmp_path, port=free_port())
    stop(info, kill=True)
    info = start(data_dir=tmp_path, port=info.port)
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import fcntl
import hashlib
import json
import os
import re
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
POM = ROOT / "scripts" / "neo4j" / "pom.xml"
CACHE = ROOT / ".neo4j"
USER = "neo4j"
PASSWORD = "theorygraph-test"  # a test password on a loopback-only server, not a secret
OLDEST_JAVA = 17
DOWNLOAD_MB = 120
START_SECONDS = 120.0
STOP_SECONDS = 30.0

# Full compilation does not pay off where each statement is asked a few times.
BRIEF = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
LASTING = ("-XX:+UseG1GC",)
# What Neo4j 5.26 sets in the neo4j.conf it ships, but for touching the whole heap at the start.
JVM_FLAGS = (
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Djdk.tls.ephemeralDHKeySize=2048",
    "-Djdk.tls.rejectClientInitiatedRenegotiation=true",
    "-XX:FlightRecorderOptions=stackdepth=256",
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:+DebugNonSafepoints",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--add-modules=jdk.incubator.vector",
    "-Dlog4j2.disable.jmx=true",
    "-Dfile.encoding=UTF-8",
)

CONFIG = """\
server.default_listen_address=127.0.0.1
server.default_advertised_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
dbms.security.auth_enabled=true
server.memory.heap.initial_size=512m
server.memory.heap.max_size=1g
server.memory.pagecache.size=128m
dbms.cypher.min_replan_interval=1h
db.logs.query.enabled=OFF
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=1 files
"""


class ServerError(Exception):
    """The server cannot be started; the message says why and what to do."""


class ToolMissing(ServerError):
    """Java or Maven is not there."""


@dataclasses.dataclass(frozen=True)
class ServerInfo:
    """A server that was started here."""

    pid: int
    uri: str
    user: str
    password: str
    port: int
    data_dir: str
    version: str

    def environment(self) -> dict[str, str]:
        """The variables by which tests find the server."""
        return {"NEO4J_URI": self.uri, "NEO4J_USER": self.user, "NEO4J_PASSWORD": self.password}


def start(
    data_dir: Path | str | None = None,
    port: int | None = None,
    *,
    lasting: bool = False,
    more: Mapping[str, str] | None = None,
) -> ServerInfo:
    """Start a server and wait until it answers; if it already runs, return that one.

    Args:
        data_dir: where it keeps its data, settings, logs and state; a folder in the cache if none.
        port: the Bolt port; a free one if none. A server that already runs keeps its own.
        lasting: compile as Neo4j is shipped to, for measuring; else little, for tests.
        more: settings of the server beside those that it always has.

    Returns:
        Where the server is and how to log in.

    Raises:
        ServerError: Java or Maven is missing, or the server did not come up.
    """
    home = _home(data_dir)
    home.mkdir(parents=True, exist_ok=True)
    with _locked(home):
        running = find(home)
        if running is not None:
            return running
        java = _java()
        version = _version()
        jars = _jars(version)
        flags = LASTING if lasting else BRIEF
        told = "".join(f"{name}={value}\n" for name, value in (more or {}).items())
        config = CONFIG.format(port=free_port() if port is None else port) + told
        return _launch(java, flags, jars, version, home, config)


def find(data_dir: Path | str | None = None) -> ServerInfo | None:
    """The server of this folder, if it runs."""
    try:
        state = json.loads((_home(data_dir) / "state.json").read_text(encoding="utf-8"))
        info = ServerInfo(**state)
    except (OSError, ValueError, TypeError):
        return None
    return info if _runs(info) else None


def stop(info: ServerInfo, *, kill: bool = False) -> None:
    """End a server started here, and only that process; a second call does nothing.

    Args:
        info: the server, as `start` returned it.
        kill: end it at once, as a crash would, rather than ask it to shut down.
    """
    if _runs(info):
        os.kill(info.pid, signal.SIGKILL if kill else signal.SIGTERM)
        if not _ended(info, STOP_SECONDS):
            os.kill(info.pid, signal.SIGKILL)
            _ended(info, STOP_SECONDS)
    state = _home(info.data_dir) / "state.json"
    with contextlib.suppress(OSError, ValueError, KeyError):
        if json.loads(state.read_text(encoding="utf-8"))["pid"] == info.pid:
            state.unlink()


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _home(data_dir: Path | str | None) -> Path:
    return CACHE if data_dir is None else Path(data_dir).resolve()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One start at a time for a folder; the lock goes with the process that holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _version() -> str:
    found = ET.parse(POM).getroot().findtext(".//{*}neo4j.version")
    if not found:
        raise ServerError(f"{POM} names no Neo4j version.")
    return found


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else None
    java = java or shutil.which("java")
    advice = (
        f"Neo4j needs Java {OLDEST_JAVA} or newer (on Debian: apt-get install "
        "openjdk-17-jre-headless). Or set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD to use a "
        "server of your own."
    )
    if java is None:
        raise ToolMissing(f"Java was not found. {advice}")
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    number = re.search(r'version "(\d+)', told.stderr + told.stdout)
    if number is None or int(number[1]) < OLDEST_JAVA:
        raise ToolMissing(f"The Java found at {java} is too old. {advice}")
    return java


def _jars(version: str) -> Path:
    """The folder of the server's jars, fetched if it is not there yet."""
    jars = CACHE / f"lib-{version}"
    with _locked(CACHE / "fetch"):
        if jars.is_dir():
            return jars
        mvn = shutil.which("mvn")
        if mvn is None:
            raise ToolMissing(
                f"Maven (mvn) was not found; it fetches Neo4j {version}, once (on Debian: "
                "apt-get install maven). Or set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD to use "
                "a server of your own."
            )
        _say(f"fetching Neo4j {version} from Maven, once, about {DOWNLOAD_MB} MB …")
        began = time.monotonic()
        with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
            into = Path(scratch) / "lib"
            command = [mvn, "--batch-mode", "--quiet", "--file", str(POM)]
            command += ["dependency:copy-dependencies", "-DincludeScope=runtime"]
            command += [f"-DoutputDirectory={into}"]
            done = subprocess.run(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
            )
            if done.returncode != 0 or not any(into.glob("neo4j-server-*.jar")):
                told = "\n".join(done.stdout.strip().splitlines()[-15:])
                raise ServerError(f"Maven could not fetch Neo4j {version}:\n{told}")
            into.rename(jars)
        _say(f"fetched in {time.monotonic() - began:.0f} s")
    return jars


def _launch(
    java: str, flags: Sequence[str], jars: Path, version: str, home: Path, settings: str
) -> ServerInfo:
    config = home / "conf"
    config.mkdir(exist_ok=True)
    (config / "neo4j.conf").write_text(settings, encoding="utf-8")
    port = int(re.findall(r"bolt.listen_address=.*:(\d+)", settings)[0])
    _set_first_password(home)
    log = home / "console.log"
    command = [java, "-Xms512m", "-Xmx1g", *flags, *JVM_FLAGS, "-cp", f"{jars}/*"]
    command += ["org.neo4j.server.CommunityEntryPoint"]
    command += [f"--home-dir={home}", f"--config-dir={config}", "--console-mode"]
    _say(f"starting Neo4j {version} on 127.0.0.1:{port} …")
    began = time.monotonic()
    with log.open("wb") as console:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            cwd=home,
            start_new_session=True,
        )
    info = ServerInfo(
        pid=process.pid,
        uri=f"bolt://127.0.0.1:{port}",
        user=USER,
        password=PASSWORD,
        port=port,
        data_dir=str(home),
        version=version,
    )
    try:
        while not (_started(log) and _answers(port)):
            if process.poll() is not None:
                raise ServerError(f"Neo4j ended while it started:\n{_tail(log)}")
            if time.monotonic() - began > START_SECONDS:
                raise ServerError(f"Neo4j gave no answer in {START_SECONDS:.0f} s:\n{_tail(log)}")
            time.sleep(0.05)
        fresh = home / "state.json.new"
        fresh.write_text(json.dumps(dataclasses.asdict(info), indent=2) + "\n", encoding="utf-8")
        fresh.replace(home / "state.json")
    except BaseException:
        process.kill()
        process.wait()
        raise
    process.returncode = 0  # it outlives this object on purpose; `stop` waits for it
    _say(f"Neo4j {version} answers at {info.uri} after {time.monotonic() - began:.1f} s")
    return info


def _set_first_password(home: Path) -> None:
    """Write the file that ``neo4j-admin dbms set-initial-password`` writes, before the first start.

    A server reads it once, when it makes its system database: one hash in Neo4j's own form.
    """
    if (home / "data" / "databases").exists():
        return
    salt = secrets.token_bytes(32)
    digest = hashlib.sha256(salt + PASSWORD.encode()).digest()
    rounds = 1024
    for _ in range(rounds - 1):
        digest = hashlib.sha256(digest).digest()
    folder = home / "data" / "dbms"
    folder.mkdir(parents=True, exist_ok=True)
    line = f"{USER}:SHA-256,{digest.hex().upper()},{salt.hex().upper()},{rounds}:\n"
    (folder / "auth.ini").write_text(line, encoding="ascii")


def _started(log: Path) -> bool:
    return b" Started." in log.read_bytes()


def _answers(port: int) -> bool:
    """Whether a Bolt handshake gets an answer that names a version."""
    hello = bytes.fromhex("6060B017 00040405 00000004 00000003 00000000")
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as link:
            link.sendall(hello)
            answer = link.recv(4)
    except OSError:
        return False
    return len(answer) == 4 and any(answer)


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])


def _command_of(pid: int) -> str:
    """The command line of a process, or nothing when there is none (or only its remains)."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        return raw.replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists():
            return ""
    shown = subprocess.run(
        ["ps", "-ww", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False
    )
    return shown.stdout


def _runs(info: ServerInfo) -> bool:
    command = _command_of(info.pid)
    return "CommunityEntryPoint" in command and f"--home-dir={info.data_dir} " in command


def _ended(info: ServerInfo, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(info.pid, os.WNOHANG)
        if not _runs(info):
            return True
        time.sleep(0.02)
    return False


def _given() -> dict[str, str] | None:
    """The server that the environment names, if it names one."""
    if not os.environ.get("NEO4J_URI"):
        return None
    named = ("NEO4J_URI", "NEO4J_USER", "NEO4J_PASSWORD")
    return {name: os.environ[name] for name in named if name in os.environ}


def _command_start(port: int | None) -> int:
    given = _given()
    if given is not None:
        _say("NEO4J_URI is set: that server is used and none is started.")
        print(given["NEO4J_URI"])
        return 0
    print(start(port=port).uri)
    return 0


def _command_stop() -> int:
    info = find()
    if info is None:
        _say("Neo4j does not run.")
        return 0
    stop(info)
    _say("Neo4j stopped.")
    return 0


def _command_status() -> int:
    given = _given()
    if given is not None:
        print(f"NEO4J_URI is set: {given['NEO4J_URI']}")
        return 0
    info = find()
    if info is None:
        print("Neo4j does not run.")
        return 1
    print(f"Neo4j {info.version} runs at {info.uri} (process {info.pid}).")
    return 0


def _command_env() -> int:
    given = _given()
    info = None if given is not None else find()
    if given is None and info is None:
        _say("Neo4j does not run; start it with: python scripts/neo4j_server.py start")
        return 1
    values = given if given is not None else info.environment() if info else {}
    for name, value in values.items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


def _end_quietly(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _command_run(command: Sequence[str], *, lasting: bool) -> int:
    """Run a command beside a fresh server, which ends with it whatever happens.

    Without Java or Maven the command still runs, told why in NEO4J_MISSING, so that its tests can
    say what they skip; where CI is set, that is a failure instead.
    """
    if not command:
        raise ServerError("Give the command to run, after `run --`.")
    if _given() is not None:
        _say("NEO4J_URI is set: that server is used and none is started.")
        return subprocess.run(command, check=False).returncode
    signal.signal(signal.SIGTERM, _end_quietly)
    signal.signal(signal.SIGHUP, _end_quietly)
    with tempfile.TemporaryDirectory(prefix="theorygraph-neo4j-", ignore_cleanup_errors=True) as at:
        try:
            info = start(data_dir=at, lasting=lasting)
        except ToolMissing as missing:
            if os.environ.get("CI"):
                raise
            _say(f"Tests against Neo4j will be skipped: {missing}")
            told = {**os.environ, "NEO4J_MISSING": str(missing)}
            return subprocess.run(command, check=False, env=told).returncode
        try:
            return _attended({**os.environ, **info.environment()}, command)
        finally:
            stop(info, kill=True)


def _attended(environment: dict[str, str], command: Sequence[str]) -> int:
    """Run a command; an interrupt from the keyboard reaches it too, and it is waited for."""
    process = subprocess.Popen(command, env=environment)
    try:
        while True:
            try:
                code = process.wait()
            except KeyboardInterrupt:
                continue
            return code if code >= 0 else 128 - code
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one sub-command; the answer is the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parts = parser.add_subparsers(dest="what", required=True)
    starter = parts.add_parser("start", help="start the server, or find it running")
    starter.add_argument("--port", type=int, help="Bolt port (default: a free one)")
    parts.add_parser("stop", help="end the server that was started here")
    parts.add_parser("status", help="say whether it runs")
    parts.add_parser("env", help="print export lines for the shell")
    runner = parts.add_parser("run", help="a fresh server for the length of one command")
    runner.add_argument("--lasting", action="store_true", help="compile as shipped, to measure")
    runner.add_argument("command", nargs=argparse.REMAINDER, help="the command, after --")
    given = parser.parse_args(arguments)
    try:
        if given.what == "start":
            return _command_start(given.port)
        if given.what == "run":
            command = given.command[1:] if given.command[:1] == ["--"] else given.command
            return _command_run(command, lasting=given.lasting)
        simple = {"stop": _command_stop, "status": _command_status, "env": _command_env}
        return simple[given.what]()
    except ServerError as error:
        _say(f"error: {error}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
