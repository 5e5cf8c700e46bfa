"""One's own account: its page, its second step, and the half of the login that asks for it."""

from quiz.views.people.own import account, halfway, second_step

BLUEPRINTS = (account.bp, halfway.bp, second_step.bp)
