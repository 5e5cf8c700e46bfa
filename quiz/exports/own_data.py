"""Everything stored about one person, as a file for that person."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from quiz.formats import mask_nip
from quiz.models import Enrolment, Score
from quiz.queries.taking.own_data import OwnAttempt, OwnData, OwnLine


def own_json(own: OwnData, now: datetime) -> bytes:
    """The same as the page, in JSON: moments in UTC, points as numbers, withheld as null."""
    user = own.user
    content = {
        "as_of": now,
        "person": {
            "name": user.name,
            "nip": mask_nip(user.nip) if user.nip else None,
            "position": user.position,
            "status": user.status.label,
            "role": user.role.label,
            "username": user.username,
            "unit": user.unit.name if user.unit else None,
            "created_at": user.created_at,
            "disabled_at": user.disabled_at,
        },
        "enrolments": [_enrolment(each) for each in own.enrolments],
        "attempts": [_attempt(each, now) for each in own.attempts],
        "contests": [
            {
                "attempt": each.attempt.uid,
                "position": each.position,
                "text": each.text,
                "filed_at": each.filed_at,
                "decided_at": each.decided_at,
                "explanation": each.explanation,
            }
            for each in own.contests
        ],
        "requests": [
            {
                "kind": each.kind.label,
                "wanted": each.wanted_words or None,
                "text": each.text or None,
                "made_at": each.made_at,
                "due_at": each.due_at,
                "answered_at": each.answered_at,
                "granted": each.granted,
                "reply": each.reply or None,
            }
            for each in own.requests
        ],
        "counted": [{"what": each.label, "rows": each.rows} for each in own.counted],
        "log": [_line(each) for each in own.lines],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=_value).encode()


def _enrolment(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "event": enrolment.event.code,
        "title": enrolment.event.title,
        "starts_at": enrolment.event.starts_at,
        "unit": enrolment.unit_name,
        "status": enrolment.status.label,
        "purpose": enrolment.event.purpose_line,
        "noticed_at": enrolment.noticed_at,
        "checked_in_at": enrolment.checked_in_at,
        "days_present": [
            {"day": one.day.isoformat(), "recorded_at": one.at} for one in enrolment.presences
        ],
        "evaluation_handed_in": enrolment.evaluated,
        "walked_in": enrolment.walked_in,
        "extra_percent": enrolment.extra_percent,
        "card_issue": enrolment.issue,
        "removed_at": enrolment.removed_at,
        "merged": enrolment.merged_into_id is not None,
    }


def _attempt(own: OwnAttempt, now: datetime) -> dict[str, Any]:
    attempt = own.attempt
    return {
        "uid": attempt.uid,
        "sitting": attempt.sitting.label,
        "state": attempt.state(now).value,
        "started_at": attempt.started_at,
        "on_paper": attempt.on_paper,
        "submitted_at": attempt.submitted_at,
        "clocked_at": attempt.clocked_at,
        "feedback_at": attempt.feedback_at,
        "extra_seconds": attempt.extra_seconds,
        "opened": attempt.opened,
        "after_release": attempt.after_release,
        "receipt": attempt.receipt,
        "voided_at": attempt.voided_at,
        "void_reason": attempt.void_reason or None,
        "score": _score(own.score) if own.score else None,
        "score_withheld": own.withheld,
        "responses": [
            {
                "position": each.stored.position,
                "question": each.stem,
                "chosen": each.chosen,
                "confidence": each.stored.confidence,
                "revision": each.stored.revision,
                "given_at": each.stored.given_at,
                "saved_at": each.stored.saved_at,
                "late": each.stored.late,
            }
            for each in own.responses
        ],
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "knowledge": [score.knowledge_points, score.knowledge_max],
        "judgement": [score.judgement_points, score.judgement_max],
        "answered": score.answered,
        "blank": score.blank,
        "made_at": score.made_at,
    }


def _line(line: OwnLine) -> dict[str, Any]:
    entry = line.entry
    return {
        "at": entry.at,
        "by": line.by,
        "action": entry.sentence,
        "about": entry.subject_type,
        "detail": entry.detail.content if entry.detail else None,
    }


def _value(value: object) -> str | float:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, Fraction):
        return float(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")
