"""The task for Windows' Task Scheduler.
https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema

It begins with the machine, and is asked for again every five minutes: while `watch` runs, that
starts no second one.
"""

import re
import subprocess
from xml.sax.saxutils import escape

from automation.core.edges import EdgeError
from automation.service.program import Program

SYSTEM = "S-1-5-18"
VARIABLE = re.compile(r"%[^%]+%|\$\(")  # which the scheduler fills in, and knows no way to mask

TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Source>{mark}</Source>
    <Description>Pengingat SOP: watch</Description>
  </RegistrationInfo>
  <Triggers>
    <BootTrigger>
      <Enabled>true</Enabled>
    </BootTrigger>
    <TimeTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
      <Repetition>
        <Interval>PT5M</Interval>
      </Repetition>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{account}</UserId>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{python}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def task(program: Program) -> bytes:
    """The task as `schtasks /Create /XML` reads it: UTF-16 with its mark. Raises EdgeError."""
    arguments = subprocess.list2cmdline(program.arguments("watch"))
    for text in (str(program.python), arguments, str(program.folder)):
        if VARIABLE.search(text):
            raise EdgeError(
                f"{text}: Task Scheduler membaca %…% dan $( pada jalur sebagai variabel; ganti "
                "nama folder itu."
            )
    return TASK.format(
        mark=program.mark,
        account=SYSTEM,
        python=escape(str(program.python)),
        arguments=escape(arguments),
        folder=escape(str(program.folder)),
    ).encode("utf-16")
