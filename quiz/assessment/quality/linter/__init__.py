"""The linter: what makes an item unfair, unclear, biased or unsound, each rule with its reason.

Pure: the same items, register and day give the same findings, in the order of rules and items.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from quiz.assessment.items.item import Item
from quiz.assessment.quality.linter import (
    balance,
    basis,
    basis_words,
    candidates,
    dates,
    explaining,
    guessed,
    neighbours,
    neutrality,
    options,
    own_law,
    wording,
)
from quiz.assessment.quality.linter.rule import Finding, Register, Rule
from quiz.assessment.question_file.content import Claim, Passage, Reference

__all__ = ["RULES", "Finding", "lint"]

RULES: tuple[Rule, ...] = (
    balance.longest_option_is_no_key,
    balance.key_places_are_even,
    balance.true_and_false_are_even,
    balance.invented_sides_are_even,
    guessed.guessing_does_not_pay,
    guessed.what_is_permitted_is_asked_too,
    neighbours.no_item_tells_anothers_key,
    neighbours.variants_of_a_scene_may_meet,
    options.no_sweeping_option,
    options.options_exclude_each_other,
    options.options_have_one_form,
    options.options_are_about_as_long,
    options.no_word_of_the_stem_in_the_key_alone,
    options.absolute_words_are_not_in_distractors_alone,
    wording.negative_questions_are_marked,
    wording.no_double_negative,
    wording.the_stem_says_what_is_wanted,
    wording.sentences_are_short,
    wording.the_explanation_teaches,
    explaining.no_sentence_fills,
    explaining.no_sentence_is_told_again_and_again,
    explaining.articles_told_are_cited,
    explaining.explanations_name_their_basis,
    wording.options_say_why,
    wording.abbreviations_are_explained,
    candidates.nobody_on_a_ballot_is_named,
    neutrality.no_ballot_number,
    neutrality.no_hand_sign,
    neutrality.no_colour,
    neutrality.no_real_party,
    neutrality.no_slogan,
    neutrality.only_invented_sides,
    neutrality.nobody_reveals_a_preference,
    neutrality.no_stereotype,
    basis.keys_rest_on_claims,
    basis.claims_are_sure_enough,
    basis.articles_were_law,
    basis.articles_are_law_on_the_day,
    basis.people_meet_their_own_law,
    basis.threats_are_dated,
    dates.dates_have_their_year,
    basis_words.the_article_holds_the_rule,
    basis_words.keys_name_the_words_they_rest_on,
    own_law.nobody_meets_anothers_sanction,
    own_law.nobody_is_told_of_a_leave_he_lacks,
)
"""Every rule: the whole bank first, then options, language, neutrality and what a key rests on."""


def lint(
    items: Sequence[Item],
    references: Iterable[Reference],
    claims: Iterable[Claim],
    passages: Iterable[Passage],
    on: date | None = None,
) -> list[Finding]:
    """Everything the rules find in these items, by rule and then by item.

    `on` is the day of an event; None checks the law on each item's own date alone. One item can
    be checked by itself: the rules about a whole bank look at 20 items or more.
    """
    register = Register(
        references={reference.code: reference for reference in references},
        claims={claim.code: claim for claim in claims},
        passages={passage.code: passage for passage in passages},
        on=on,
    )
    return [finding for rule in RULES for finding in rule.findings(items, register)]
