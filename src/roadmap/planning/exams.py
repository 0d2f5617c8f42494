"""Which exams a person may sit at all, and which of them the plan prepares for."""

from collections.abc import Sequence
from datetime import date, timedelta

from roadmap.model.catalogue import Catalogue, Certification, Module
from roadmap.model.plan import Exam, LeftOut, Reason
from roadmap.model.profile import WEEKDAYS, Break, Profile, in_break
from roadmap.planning.holidays import is_holiday
from roadmap.planning.rules import Adjustments

WANTED = {"none": 0, "one": 1}
USUAL_WAIT = 14
RECHECK_DAYS = 30
VOUCHER = "{fee} dollars, {off} % off by the exam before"
PRACTICE_GATE = "80 % on two fresh practice tests"


def obstacle(catalogue: Catalogue, cert: Certification, profile: Profile, planned: set[str]) -> Reason | None:
    """Why this person cannot prepare for an exam now, or None when they can.

    An exam with a known last day is never prepared for, however far away the day: whether it can still be sat
    would depend on the hours a week, and a plan must not grow when hours shrink.
    """
    if cert.id in profile.holds:
        return Reason("exam-held", cert.source, (cert.id,))
    if cert.status == "retired" or cert.retires_on:
        return Reason("retired", cert.source, (cert.id, *(c.id for c in catalogue.successors(cert.id))))
    if not cert.bookable:
        return Reason("exam-closed", cert.source, (cert.id, cert.access))
    if cert.gates and not any(g in planned or g in profile.holds for g in cert.gates.any_of):
        return Reason("exam-gated", cert.source, (cert.id,))
    if cert.fee_usd is None:
        return Reason("exam-fee-unknown", cert.source, (cert.id,))
    return None


def choose_exams(catalogue: Catalogue, profile: Profile, rules: Adjustments) -> tuple[list[Module], list[LeftOut]]:
    """Preparation modules in order of advice (the order of the rules), and the exams passed over, with reasons."""
    limit = WANTED.get(profile.certifications, len(catalogue.certifications))
    chosen: list[Module] = []
    passed: list[LeftOut] = []
    planned: set[str] = set()
    kept = [id_ for id_ in profile.keep if catalogue.modules[id_].kind == "certify"]
    for id_ in dict.fromkeys([*kept, *rules.added]):
        module = catalogue.modules[id_]
        cert = catalogue.certifications.get(module.certification or "")
        if module.kind != "certify" or cert is None:
            continue
        why = obstacle(catalogue, cert, profile, planned)
        if why is None and id_ in rules.left_out and id_ not in kept:
            why = Reason("rule", rules.left_out[id_].source, (rules.left_out[id_].id,))
        if why is None and id_ in profile.skip:
            why = Reason("skipped", module.sources[0], (id_,))
        if why is None and len(chosen) >= limit and id_ not in kept:
            other = chosen[0].certification if chosen else ""
            why = Reason("exam-enough", cert.source, (cert.id, profile.certifications, other or ""))
        if why is None:
            chosen.append(module)
            planned.add(cert.id)
        else:
            passed.append(LeftOut(id_, module.title, module.hours.likely, 0.0, why))
    return chosen, passed


def booked(exam: Exam, profile: Profile, today: date) -> Exam:
    """An exam with everything that a booking has to know: its fee on the day, a retake, when to look again."""
    cert, on = exam.certification, exam.exam_on
    fee, note = fee_on(cert, on)
    again = cert.retake
    start = next((h.text for h in cert.head_starts if h.holds in profile.holds), "")
    return exam._replace(
        fee_usd=fee,
        fee_note=note,
        retake_on=_again(on + timedelta(days=again.days if again else USUAL_WAIT), profile.breaks),
        recheck_on=max(today, on - timedelta(days=RECHECK_DAYS)),
        gate=PRACTICE_GATE,
        head_start=start,
    )


def with_voucher(exam: Exam, before: Sequence[Certification]) -> Exam:
    """An exam at the price that a pass of an earlier one of the same issuer gives."""
    issuer = exam.certification.issuer
    share = next((c.next_share for c in reversed(before) if c.issuer == issuer and c.next_share), None)
    if share is None:
        return exam
    return exam._replace(
        fee_usd=exam.fee_usd * share,
        fee_note=VOUCHER.format(fee=f"{exam.fee_usd:.0f}", off=f"{100 - 100 * share:.0f}")
        + (f"; {exam.fee_note}" if exam.fee_note else ""),
    )


def fee_on(cert: Certification, on: date) -> tuple[float, str]:
    """What an exam costs on a day, in US dollars, and what there is to say about it."""
    for fee in cert.fees:
        if fee.until is None or on <= date.fromisoformat(fee.until):
            return fee.usd, fee.note
    return cert.fee_usd or 0.0, ""


def first_day(cert: Certification, ready: date, breaks: Sequence[Break]) -> date:
    """The first day on which an exam can be sat: it exists, the person is ready, no break and no holiday is on."""
    day = max(date.fromisoformat(cert.available_from), ready) if cert.available_from else ready
    while (away := in_break(day, breaks)) or not _sat_on(cert, day):
        day = (away.last if away else day) + timedelta(days=1)
    return day


def _again(day: date, breaks: Sequence[Break]) -> date:
    """The first day on which the rules allow a second try, whatever its weekday: many exams are sat at home."""
    while away := in_break(day, breaks):
        day = away.last + timedelta(days=1)
    return day


def _sat_on(cert: Certification, day: date) -> bool:
    return not is_holiday(day) and (not cert.weekdays or WEEKDAYS[day.weekday()] in cert.weekdays)
