"""The manual page and the completions for shells, made from the parser of the command."""

import argparse
from collections.abc import Iterator, Sequence

from gui.commands import parser_of_commands

_DASH = "\\-"


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command; of a command with commands, `lesson new` and so on."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            found: dict[str, argparse.ArgumentParser] = {}
            for name, below in action.choices.items():
                inner = _commands(below)
                found |= {f"{name} {word}": one for word, one in inner.items()} or {name: below}
            return found
    return {}


def commands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command, without `window`, which is the program itself."""
    found = _commands(parser_of_commands())
    found.pop("window", None)
    return found


def options(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Return the options of a command, those without dashes too."""
    return [one for one in parser._actions if one.help != argparse.SUPPRESS]  # noqa: SLF001


# ------------------------------------------------------------------ the manual page


def manual(version: str, date: str) -> str:
    """Return the manual page, in the language of man."""
    program = parser_of_commands()
    lines = [
        f'.TH CHAINSTEP 1 "{date}" "chainstep {version}" "User Commands"',
        ".SH NAME",
        "chainstep \\- see backpropagation happen, one derivative at a time",
        ".SH SYNOPSIS",
        f".B {_roff(str(program.usage).split(' | chainstep')[0])}\n.br",
        f".B {_roff('chainstep COMMAND …')}",
        ".SH DESCRIPTION",
        _roff(str(program.description)),
        ".SH COMMANDS",
    ]
    for name, parser in commands().items():
        lines += [f".SS {_roff(name)}", _roff(parser.description or ""), ".PP"]
        lines += [f".B {_roff(' '.join(parser.format_usage().removeprefix('usage:').split()))}"]
        for one in options(parser):
            lines += [".TP", _heading(one), _roff(_help(one))]
    lines += [
        *(".SH EXIT STATUS", "0; 1 if the reader of a pipe is gone, a part failed or a lesson"),
        "has faults; 2 for an argument or a file that is wrong; 130, 143 or 129 after Ctrl+C,",
        "SIGTERM or SIGHUP.",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _heading(option: argparse.Action) -> str:
    value = _value(option)
    if not option.option_strings:
        return f".I {_roff(value)}"
    names = ", ".join(rf"\fB{_roff(name)}\fR" for name in option.option_strings)
    return f"{names} \\fI{_roff(value)}\\fR" if value else names


def _value(option: argparse.Action) -> str:
    if option.nargs == 0:
        return ""
    name = option.metavar or option.dest.upper()
    name = " ".join(name) if isinstance(name, tuple) else name
    return "|".join(map(str, option.choices)) if option.choices and not option.metavar else name


def _help(option: argparse.Action) -> str:
    return " ".join((option.help or "").replace("%%", "%").split())


def _roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", _DASH)
    return f"\\&{text}" if text.startswith((".", "'")) else text


# ------------------------------------------------------------------ completions


def _words(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Yield each long option of a command, its help and what may follow it."""
    for one in options(parser):
        for name in one.option_strings:
            yield name, _help(one), tuple(map(str, one.choices or ()))


def _tree() -> dict[str, list[str]]:
    """Return the words after each command that has commands of its own, and after none."""
    tree: dict[str, list[str]] = {"": []}
    for name in commands():
        first, _, second = name.partition(" ")
        if first not in tree[""]:
            tree[""].append(first)
        if second:
            tree.setdefault(first, []).append(second)
    return tree


def bash() -> str:
    """Return the completion for bash."""
    tree = _tree()
    cases = []
    for name, parser in commands().items():
        offered = " ".join(word for word, _, _ in _words(parser))
        values = "".join(
            f"        '{name} '*' {word}') COMPREPLY=($(compgen -W '{' '.join(choices)}'"
            ' -- "$word")); return ;;\n'
            for word, _, choices in _words(parser)
            if choices
        )
        cases.append((name, offered, values))
    chosen = "".join(values for _, _, values in cases)
    listed = "".join(f"        '{name} '*) words='{offered}' ;;\n" for name, offered, _ in cases)
    below = "".join(
        f"        '{name} ') words='{' '.join(words)}' ;;\n" for name, words in tree.items() if name
    )
    return f"""# bash completion for chainstep, made from its parser
_chainstep() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before="${{COMP_WORDS[*]:1:COMP_CWORD-1}}" words=
    case "$before" in
{chosen}    esac
    case "$before " in
        ' ') words='{" ".join(tree[""])} --help --version --preset' ;;
{below}{listed}    esac
    COMPREPLY=($(compgen -W "$words" -- "$word") $(compgen -f -- "$word"))
}}
complete -o filenames -F _chainstep chainstep
"""


def fish() -> str:
    """Return the completion for fish."""
    tree = _tree()
    lines = ["# fish completion for chainstep, made from its parser"]
    helped = {name.partition(" ")[0]: parser for name, parser in commands().items()}
    for name in tree[""]:
        about = "" if name in tree else _quoted(helped[name].description or "")
        lines.append(f"complete -c chainstep -n __fish_use_subcommand -a {name} -d '{about}'")
    for name, parser in commands().items():
        first, _, second = name.partition(" ")
        seen = f"__fish_seen_subcommand_from {first}"
        if second:
            lines.append(f"complete -c chainstep -n '{seen}' -a {second}")
            seen += f"; and __fish_seen_subcommand_from {second}"
        for word, about, choices in _words(parser):
            kind = "l" if word.startswith("--") else "s"
            line = f"complete -c chainstep -n '{seen}' -{kind} {word.lstrip('-')}"
            line += f" -d '{_quoted(about)}'" if about else ""
            lines.append(line + (f" -xa '{' '.join(choices)}'" if choices else ""))
    return "\n".join(lines) + "\n"


def zsh() -> str:
    """Return the completion for zsh, which can use that of bash."""
    return "#compdef chainstep\nautoload -U +X bashcompinit && bashcompinit\n" + bash()


def _quoted(text: str) -> str:
    first = text.split(". ", maxsplit=1)[0]
    return first.replace("\\", "\\\\").replace("'", "\\'")
