"""`troly model`: the semantic model out to Apache Ossie and in from Ossie or Cortex Analyst."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from assistant.errors import InvalidRequest
from assistant.messages import message
from assistant.query.semantic_model import load_semantic_model
from assistant.query.semantics.cortex import import_cortex
from assistant.query.semantics.ossie import VERSION, export_ossie, import_ossie
from assistant.query.semantics.parts import ModelFile
from assistant.settings import settings

model = typer.Typer(no_args_is_help=True, help="Xuất, nhập mô hình ngữ nghĩa (Apache Ossie, Cortex Analyst).")


@model.command("export")
def export_model(
    to: Annotated[Path | None, typer.Option(help="Tệp .json hoặc .yml; mặc định in ra màn hình")] = None,
) -> None:
    """Xuất mô hình đang dùng theo Apache Ossie; phần x-edu nằm trong custom_extensions."""
    document = export_ossie(load_semantic_model(settings().semantic_model_dir).files)
    text = _written(document, as_yaml=to is not None and to.suffix in (".yml", ".yaml"))
    if to is None:
        typer.echo(text)
        return
    _write(to, text)
    typer.echo(message("model_exported", path=to, version=VERSION))


@model.command("import")
def import_model(
    source: Annotated[Path, typer.Argument(help="Tệp Ossie hoặc Cortex Analyst, .yml hoặc .json")],
    to: Annotated[Path, typer.Option(help="Thư mục nhận các tệp mô hình, mỗi miền một tệp")],
) -> None:
    """Đọc một mô hình và ghi thành các tệp của dự án để người phụ trách xem lại."""
    domains = read_model_file(source)
    for domain in domains:
        data = domain.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        _write(to / f"{domain.name}.yml", _written({"version": VERSION, "semantic_model": [data]}, as_yaml=True))
    metrics = sum(len(one.metrics) for one in domains)
    typer.echo(message("model_imported", path=to, domains=len(domains), metrics=metrics))


def read_model_file(source: Path) -> tuple[ModelFile, ...]:
    """The domains of a file, whichever of the formats it is in."""
    try:
        document = yaml.safe_load(source.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidRequest("model_import_unreadable", path=source) from error
    except yaml.YAMLError as error:
        raise InvalidRequest("model_import_unreadable", path=source, detail=str(error)) from error
    if isinstance(document, dict) and "tables" in document:
        return (import_cortex(document),)
    return import_ossie(document)


def _written(document: dict[str, Any], *, as_yaml: bool) -> str:
    if as_yaml:
        return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
    return json.dumps(document, ensure_ascii=False, indent=2)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidRequest("model_not_writable", path=path, detail=str(error)) from error
