"""Why an exam is not prepared for, with its source, and what a booking costs: each found missing by a mutant."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from roadmap.model.catalogue import Catalogue, Certification
from roadmap.model.exams import Fee, Gates
from roadmap.model.plan import Exam
from roadmap.planning.exams import VOUCHER, booked, fee_on, obstacle, with_voucher
from tests.tiny import Extra, certification, someone, tiny

DAY = date(2027, 6, 1)


def world(*exams: Certification) -> Catalogue:
    return tiny("aa 10h teaches a", core="aa", extra=Extra(exams=exams))


@pytest.mark.parametrize(
    ("more", "code", "args"),
    [
        ({"status": "retired"}, "retired", ("x",)),
        ({"retires_on": "2099-01-01"}, "retired", ("x",)),
        ({"access": "partners"}, "exam-closed", ("x", "partners")),
        ({"fee_usd": None}, "exam-fee-unknown", ("x",)),
    ],
)
def test_what_stands_in_the_way_is_told_with_its_source(more: dict[str, Any], code: str, args: tuple[str, ...]) -> None:
    cert = certification("x", **more)
    known = world(cert)
    why = obstacle(known, cert, someone(known), set())
    assert why is not None and (why.code, why.source, tuple(why.args)) == (code, "us", args)


def test_an_exam_that_is_held_is_not_prepared_for() -> None:
    cert = certification("x")
    known = world(cert)
    assert obstacle(known, cert, someone(known), set()) is None
    why = obstacle(known, cert, someone(known, holds=["x"]), set())
    assert why is not None and (why.code, why.source, tuple(why.args)) == ("exam-held", "us", ("x",))


def exam(cert: Certification) -> Exam:
    return Exam(cert, "step", DAY, None, (), fee_usd=100.0)


def test_a_pass_lowers_the_price_of_the_next_exam_of_the_same_issuer() -> None:
    mine, other = certification("a", issuer="me", next_share=0.5), certification("b", issuer="them", next_share=0.25)
    none = certification("c", issuer="me")
    asked = exam(certification("x", issuer="me"))
    assert (
        with_voucher(asked, [mine, other, none])[:]
        == asked._replace(fee_usd=50.0, fee_note=VOUCHER.format(fee="100", off="50"))[:]
    )
    assert with_voucher(asked, [other, none]) == asked and with_voucher(asked, []) == asked


def test_a_booking_knows_its_fee_on_the_day_and_when_to_look_again() -> None:
    fees = (Fee(usd=50.0, until="2027-05-31", note="as a beta"), Fee(usd=80.0, until=None, note="from June"))
    cert = certification("x", fees=fees)
    known = world(cert)
    made = booked(exam(cert), someone(known), date(2027, 1, 1))
    assert (made.fee_usd, made.fee_note, made.recheck_on, made.head_start) == (80.0, "from June", date(2027, 5, 2), "")
    late = booked(exam(cert), someone(known), date(2027, 5, 20))
    assert late.recheck_on == date(2027, 5, 20) and late.retake_on == date(2027, 6, 15)
    assert fee_on(cert, date(2027, 5, 31)) == (50.0, "as a beta")
    assert fee_on(replace(cert, fees=(), fee_usd=None), DAY) == (0.0, "")


def test_an_exam_that_asks_for_another_one_first_is_open_to_those_who_have_or_plan_it() -> None:
    cert = certification("x", gates=Gates(any_of=("first",), text="first"))
    known = world(cert, certification("first"))
    why = obstacle(known, cert, someone(known), set())
    assert why is not None and (why.code, why.source, tuple(why.args)) == ("exam-gated", "us", ("x",))
    assert obstacle(known, cert, someone(known), {"first"}) is None
    assert obstacle(known, cert, someone(known, holds=["first"]), set()) is None
