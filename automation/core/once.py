"""A property that is worked out once for each object: `functools.cached_property` without its lock.

Before Python 3.12 all objects of a class share that lock, so that an office whose disk or server
does not answer would hold up all others in the process. No object here is worked on by two threads.
"""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class cached_property(Generic[T]):  # noqa: N801 - as functools has it
    """Used in the same way; what was worked out is kept in the object's `__dict__`."""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        self.__doc__ = work_out.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> Self | T:
        if instance is None:
            return self
        value = self._work_out(instance)
        vars(instance)[self._name] = value
        return value
