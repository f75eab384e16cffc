"""The administrator's operations: policy, audit log, ingest runs, documents by status, kill switch."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query

from assistant.access.audit import Kind
from assistant.access.principal import parse_principal
from assistant.access.switch import Stop, Stoppable
from assistant.api.administration.bodies import (
    AuditPage,
    IngestRun,
    PolicyBody,
    StatusCounts,
    SwitchRequest,
    SwitchState,
    VerdictBody,
)
from assistant.api.dependencies import Administrator, SharedParts
from assistant.corpus.catalogue.standings import status_counts
from assistant.corpus.runs import kept_runs

router = APIRouter(prefix="/v1/admin", tags=["administration"])

_LAST_NUMBER = 2**53


@router.get("/policy", summary="The policy in force, whole or as a principal sees it")
def show_policy(
    parts: SharedParts, _: Administrator, principal: Annotated[str | None, Query(max_length=400)] = None
) -> PolicyBody:
    policy = parts.services.policy
    seen = parse_principal(principal, policy) if principal else None
    left = policy.seen_by(seen.role, seen.territories) if seen else policy
    return PolicyBody(
        version=policy.version,
        territory_version=policy.territory_version,
        roles={name: list(role.labels) for name, role in policy.roles.items()},
        quotas={name: {"burst": one.burst, "per_minute": one.per_minute} for name, one in policy.quotas},
        suppression=left.suppression.model_dump(),
        restrictions=len(policy.restrictions),
        principal=seen.scope if seen else None,
        tables={name: list(table.columns) for name, table in left.tables.items()},
        expert_sql=list(policy.expert_sql),
    )


@router.get("/audit", summary="Records of the audit log, the newest first")
def read_audit(
    parts: SharedParts,
    administrator: Administrator,
    before: Annotated[int | None, Query(ge=1, le=_LAST_NUMBER)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> AuditPage:
    accounts = parts.services.accounts
    accounts.note(Kind.EXPORT, administrator, what="audit page", before=before, limit=limit)
    entries = accounts.log.page(before, limit)
    more = len(entries) == limit and entries[-1].seq > 1
    return AuditPage(records=[entry.fields for entry in entries], next=entries[-1].seq if more else None)


@router.get("/audit/verify", summary="Whether every record of the audit log holds")
def verify_audit(parts: SharedParts, _: Administrator) -> VerdictBody:
    verdict = parts.services.accounts.log.verify()
    return VerdictBody(records=verdict.records, bad=verdict.bad, reason=verdict.reason)


@router.get("/ingest-runs", summary="The generations that are kept, the newest first")
def show_runs(parts: SharedParts, _: Administrator) -> list[IngestRun]:
    found = kept_runs(parts.services.settings.generations_dir)
    return [IngestRun.model_validate(one, from_attributes=True) for one in found]


@router.get("/documents/statuses", summary="How many documents and files there are of each status")
def show_statuses(parts: SharedParts, _: Administrator) -> StatusCounts:
    settings = parts.services.settings
    with parts.services.corpus.open() as generation:
        documents, sources = status_counts(generation.catalogue, settings.current_day)
    return StatusCounts(documents=documents, sources=sources)


@router.get("/kill-switch", summary="What is stopped")
def show_switch(parts: SharedParts, _: Administrator) -> list[SwitchState]:
    return _states(parts.services.switch.stops())


@router.put("/kill-switch", summary="Stop answers for everybody, all or of a kind, or let them go on")
def turn_switch(body: SwitchRequest, parts: SharedParts, administrator: Administrator) -> list[SwitchState]:
    """On record before it is done, so that nothing is stopped or let go on without a trace."""
    change = {"what": "kill switch", "of": body.kind, "off": body.off}
    parts.services.accounts.note(Kind.ADMINISTRATION, administrator, **change)
    return _states(parts.services.switch.set(body.kind, str(administrator), off=body.off))


def _states(stops: Mapping[Stoppable, Stop]) -> list[SwitchState]:
    on = Stop("", "")
    return [
        SwitchState(kind=kind, off=kind in stops, since=stops.get(kind, on).at, by=stops.get(kind, on).by)
        for kind in Stoppable
    ]
