"""The unit for systemd. https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html

What the program does not need is taken from it: it reads its folder, writes where the settings say,
and speaks to servers.
"""

from pathlib import Path

from automation.core.edges import EdgeError
from automation.service.program import Program

UNSAFE = frozenset("\"'\\")  # systemd starts nothing whose path has one of these

UNIT = """\
# {mark}
# {settings}
[Unit]
Description=Pengingat SOP: watch
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0

[Service]
Type=exec
User={account}
WorkingDirectory={folder}
ExecStart=:{command}
Restart=on-failure
RestartSec=60
TimeoutStopSec=30
ReadWritePaths={writes}
ReadOnlyPaths={reads}
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
LockPersonality=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RemoveIPC=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy=multi-user.target
"""


def unit(program: Program, account: str) -> str:
    """The unit's text. ":" before the command: its "$" are no variables. Raises EdgeError."""
    for path in (program.python, program.folder, program.settings, *program.writes):
        if UNSAFE & set(str(path)):
            raise EdgeError(
                f"{path}: systemd tidak menerima tanda kutip dan garis miring terbalik pada jalur; "
                "ganti nama folder itu."
            )
    command = (str(program.python), *program.arguments("watch"))
    return UNIT.format(
        mark=program.mark,
        settings=program.settings,
        account=account,
        folder=_literal(program.folder),
        command=" ".join(map(_quoted, command)),
        writes=" ".join(map(_quoted, program.writes)),
        reads=" ".join(map(_quoted, program.reads)),
    )


def _quoted(word: str | Path) -> str:
    """One word of a list, which is divided at spaces."""
    return f'"{_literal(word)}"'


def _literal(word: str | Path) -> str:
    """With a "%" that begins no specifier."""
    return str(word).replace("%", "%%")
