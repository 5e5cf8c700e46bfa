"""What a phone receives for the whole journey: headers and compressed bodies, cold cache."""

import pytest
from playwright.sync_api import Request, expect
from sqlalchemy import select

from quiz.models import BankItem
from quiz.models.events.events import Phase
from tests.conftest import STOCKED
from tests.e2e.page import custody, heading, press, send

KB = 1024


class Scales:
    """Adds up what a page's requests brought in; what the browser had already weighs nothing."""

    def __init__(self, page) -> None:
        self.received: list[tuple[str, int]] = []
        page.on("requestfinished", self._weigh)

    def _weigh(self, request: Request) -> None:
        sizes = request.sizes()
        body = max(0, sizes["responseBodySize"])
        cached = sizes["responseBodySize"] < 0
        size = 0 if cached else sizes["responseHeadersSize"] + body
        self.received.append((f"{request.method} {request.url.split('/', 3)[3][:40]}", size))

    def of(self, part: str) -> int:
        """What addresses with this part weighed."""
        return sum(size for address, size in self.received if part in address)

    @property
    def total(self) -> int:
        return sum(size for _, size in self.received)


@pytest.fixture
def twenty(make, event):
    """A post-test of twenty items of the bank's own stock, with their law and passages."""
    items = make.session.scalars(select(BankItem).order_by(BankItem.id).limit(20)).all()
    return make.sitting(event, Phase.POST, items=items, asks_confidence=True, time_limit_minutes=30)


@STOCKED
def test_first_item_can_be_read_after_20_kb_and_the_journey_takes_60(
    new_phone, make, enrolment, twenty
):
    """The script is brought after the first item can be read (js/taking/start.js)."""
    phone = new_phone()
    scales = Scales(phone)
    phone.goto(f"/k/{make.token(enrolment)}")
    press(phone, "Mulai Post-test")
    heading(phone, "Soal 1 dari 20")
    phone.wait_for_load_state("networkidle")
    to_first_item = scales.total - scales.of("js/attempt.js")
    for number in range(1, 21):
        phone.locator(".item:not([hidden]) .option input").first.check()
        press(phone, "Periksa" if number == 20 else "Berikutnya")
    expect(custody(phone)).to_have_text(["20 tersimpan di HP", "20 di server"])
    send(phone)
    heading(phone, "Pembahasan untuk Anda")
    phone.wait_for_load_state("networkidle")

    assert scales.of("js/attempt.js") > 5 * KB
    assert 10 * KB < to_first_item <= 20 * KB, scales.received
    assert 30 * KB < scales.total <= 60 * KB, scales.received
