"""One command at a time writes into a project: two would publish what neither has judged.

The lock is the system's own, on a file that says nothing by itself, so it goes with the command that holds it, however that ends.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from macros.finding import Refused

_LOCK = ".lock"


@contextmanager
def alone(root: Path) -> Iterator[tuple[int, ...]]:
    """Keeps other commands from writing into the project until the block ends.

    Gives what a program that is started meanwhile has to be handed on, so that the lock stays for as long as it writes, too.
    Raises Refused while another command holds the lock.
    """
    path = root / _LOCK
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0), 0o666)
    except OSError as error:
        closed = error.errno in (errno.EROFS, errno.EACCES, errno.EPERM)
        mend = "let this user write into the project, or copy it to where that may be," if closed else "remove it,"
        raise Refused(f"{path}: can't be opened ({error.strerror}); {mend} then run the same command again") from error
    try:
        if not _locked(file):
            raise Refused("another command builds or writes in this project; wait until it has ended, then run the same command again")
        yield () if sys.platform == "win32" else (file,)
    finally:
        os.close(file)


def _locked(file: int) -> bool:
    """Whether the lock could be had."""
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
    else:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
