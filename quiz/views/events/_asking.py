"""A form for one person of a roster, who is asked back what only whoever fills it in can decide."""

from collections.abc import Collection

from wtforms import HiddenField, RadioField

from quiz.queries.events.plan import SKIP, Decisions, RosterPlan
from quiz.web.forms import Form


class AskingForm(Form):
    """``answer`` settles what the plan asked last; ``before`` holds the answers given earlier."""

    answer = RadioField("Yang perlu Anda putuskan", choices=[], validate_choice=False)
    asked = HiddenField()
    before = HiddenField()

    def decisions(self) -> Decisions:
        """The answers given to the questions shown so far, one after the other."""
        lines = [line.split("=", 1) for line in (self.before.data or "").splitlines()]
        answers = {line[0]: line[1] for line in lines if len(line) == 2}
        if self.asked.data and self.answer.data:
            answers[self.asked.data] = self.answer.data
        return Decisions(answers)

    def ask(self, plan: RosterPlan, leaving_out: Collection[str] = ()) -> None:
        """Show the plan's question and wait for its answer.

        Choices called like these are left out, but for the one that is suggested.
        """
        question = plan.open_questions[0]
        given = self.decisions().answers.items()
        self.before.data = "\n".join(f"{key}={value}" for key, value in given)
        self.asked.data = question.key
        self.answer.description = question.text
        self.answer.choices = {
            choice.value: choice.label
            for choice in question.choices
            if choice.value == question.suggested
            or (choice.value != SKIP and choice.label not in leaving_out)
        }
        self.answer.data = question.suggested
        self.answer.errors = ["Pilih salah satu, lalu tambahkan."]
