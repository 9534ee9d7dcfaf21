"""The command line in Indonesian: help pages, and what is wrong with a line that was typed.

Typer's own words are English and cannot be translated, so its pages are laid out here, and its
errors are told by their kind. Nothing here loads what the commands work with.
"""

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Any

import typer
from typer._click.exceptions import (  # typer shows none of them to its users
    BadOptionUsage,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperCommand, TyperGroup, TyperOption

from automation.core.words.texts import likeliest

OPTIONS, COMMANDS = "[OPSI]", "PERINTAH"


class MistypedError(UsageError):
    """A line that cannot be carried out: one Indonesian sentence."""


class Command(TyperCommand):
    """A command whose page and faults are in Indonesian."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _with_own_words(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        places = [str(each.metavar) for each in self.params if _is_argument(each)]
        formatter.write_usage(ctx.command_path, " ".join([OPTIONS, *places]), "Pemakaian: ")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        _write_options(self, ctx, formatter)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest:
            raise MistypedError(f"{' '.join(rest)}: bukan opsi perintah ini.", ctx)
        return rest


class Group(TyperGroup):
    """All commands."""

    def get_help_option(self, ctx: Any) -> TyperOption | None:
        return _with_own_words(super().get_help_option(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        formatter.write_usage(ctx.command_path, f"{OPTIONS} {COMMANDS}", "Pemakaian: ")

    def format_options(self, ctx: Any, formatter: Any) -> None:
        _write_options(self, ctx, formatter)
        with formatter.section("Perintah"):
            commands = [(name, command.help or "") for name, command in self.commands.items()]
            formatter.write_dl(commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        name, *rest = args
        if name not in self.commands:
            meant = likeliest(name, list(self.commands))
            raise MistypedError(f"Perintah {name} tidak dikenal.{_did_you_mean(meant)}", ctx)
        return name, self.commands[name], rest


def _with_own_words(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help = "Tampilkan halaman ini."
    return option


def _write_options(command: Command | Group, ctx: Any, formatter: Any) -> None:
    options: Sequence[Any] = command.get_params(ctx)
    rows = [(_named(option), option.help or "") for option in options]
    with formatter.section("Opsi"):
        formatter.write_dl(rows)


def _named(option: Any) -> str:
    """ "--config BERKAS"; a switch takes no value."""
    if _is_argument(option):
        return str(option.metavar)
    names = ", ".join(option.opts)
    return names if option.is_flag else f"{names} {option.metavar}"


def _is_argument(param: Any) -> bool:
    return bool(param.param_type_name == "argument")


def fault(error: UsageError) -> str:
    """What is wrong with the line that was typed, and where its page is; or that page."""
    if isinstance(error, NoArgsIsHelpError) and error.ctx:
        return str(error.ctx.get_help())
    page = f" Lihat {error.ctx.command_path} --help." if error.ctx else ""
    return f"{_wrong(error)}{page}"


def _wrong(error: UsageError) -> str:
    if isinstance(error, MistypedError):
        return error.message
    if isinstance(error, NoSuchOption):
        meant = likeliest(error.option_name, _options(error.ctx))
        return f"Opsi {error.option_name} tidak dikenal.{_did_you_mean(meant)}"
    if isinstance(error, MissingParameter):
        return f"{_option(error)} belum ditulis; {_lowered(_help(error))}"
    if isinstance(error, BadOptionUsage):
        return _misused(error)
    return f"{_option(error)}: isinya tidak dapat dipakai; {_lowered(_help(error))}"


def _misused(error: BadOptionUsage) -> str:
    if "does not take" in error.message:
        return f"Opsi {error.option_name} berdiri sendiri, tanpa isi."
    return f"Opsi {error.option_name}: isinya belum ditulis."


def _option(error: Any) -> str:
    if error.param is None:
        return "Perintah ini"
    return _named(error.param) if _is_argument(error.param) else f"Opsi {error.param.opts[0]}"


def _help(error: Any) -> str:
    return str(error.param.help) if error.param else "periksa penulisannya."


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _params(ctx: Any) -> Sequence[Any]:
    return [] if ctx is None else [*ctx.command.get_params(ctx), *_params(ctx.parent)]


def _options(ctx: Any) -> list[str]:
    return [name for option in _params(ctx) for name in option.opts]


def _did_you_mean(meant: str | None) -> str:
    return f" Apakah maksud Anda {meant}?" if meant else ""


def on_any_console() -> None:
    """From now on a letter outside the console's code page is shown as "?" and ends no command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def new_app(words: str) -> typer.Typer:
    """An app that speaks Indonesian; give its commands `cls=Command`."""
    return typer.Typer(
        cls=Group,
        help=words,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
