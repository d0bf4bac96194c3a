"""The command for questions: sql."""

import io
import sys
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from govstats.cli.export import outside
from govstats.cli.output import Json, console, table
from govstats.errors import GovstatsError
from govstats.exports import forms
from govstats.exports import statement as readonly
from govstats.exports.forms import Form
from govstats.exports.marts import about
from govstats.exports.rows import Answer
from govstats.htmlpage import printable
from govstats.release import reader, releases
from govstats.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command()(sql)


def sql(
    statement: Annotated[
        str | None, typer.Argument(help="One SQL query on schema marts; - reads it from stdin.")
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="How to write rows (default: table, or by --output's name)."),
    ] = None,
    file: Annotated[Path | None, typer.Option(help="A file that holds the query.")] = None,
    output: Annotated[
        Path | None, typer.Option(help="File to write; parquet and xlsx need one.")
    ] = None,
    release: Annotated[str | None, typer.Option(help="A kept release (default: current).")] = None,
    as_json: Json = False,
) -> None:
    """Ask the released warehouse; nothing can be changed through this door.

    In csv, a text that a spreadsheet program would take for a formula has an apostrophe before it.
    """
    text = _statement(statement, file)
    shape = _form(Form.JSON if as_json and form is None else form, output)
    settings = Settings.from_environment()
    if output is not None:
        outside(settings, output)
    try:
        with reader.connect(settings, release) as connection:
            readonly.check(connection, text)
            answer = Answer(connection.execute(text))
            if output is None:
                _print(answer, shape)
            else:
                manifest = releases.manifest(reader.release_folder(settings, release))
                lines = [("查询 query", text)]
                forms.write(answer, shape, output, about(output.stem, manifest, lines))
                typer.echo(f"written {output}", err=True)
    except duckdb.Error as error:
        raise GovstatsError(
            str(error).strip(),
            '`govstats sql "select table_name from information_schema.tables '
            "where table_schema = 'marts'\"` lists what can be asked",
        ) from None


def _statement(statement: str | None, file: Path | None) -> str:
    """Return the query from the one place that holds it."""
    if file is not None and statement is None:
        try:
            return file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise GovstatsError(f"{file} cannot be read: {error}", "name a text file") from None
    if file is None and statement == "-":
        return sys.stdin.read()
    if file is not None or statement is None:
        raise GovstatsError(
            "a query is taken from one place", 'give "select …", or --file FILE, or - for stdin'
        )
    return statement


def _form(form: Form | None, output: Path | None) -> Form:
    if form is None:
        return forms.of_file(output) if output else Form.TABLE
    if output is None and form not in (Form.TABLE, *forms.TEXTS):
        raise GovstatsError(f"{form.value} is a file", f"add --output answer.{form.value}")
    return form


def _print(answer: Answer, form: Form) -> None:
    if form is Form.TABLE:
        rows = [[printable(value) for value in row] for row in answer.rows()]
        console.print(table(f"{len(rows)} rows", answer.names, rows))
    elif sys.stdout.isatty():  # what goes to a program keeps every sign
        text = io.StringIO()
        forms.TEXTS[form](answer, text)
        typer.echo(printable(text.getvalue()), nl=False)
    else:
        forms.TEXTS[form](answer, sys.stdout)
