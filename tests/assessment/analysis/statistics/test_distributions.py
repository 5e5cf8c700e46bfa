"""Golden values: scipy 1.16 (t.ppf, f.ppf, beta, binom), which agrees with the printed tables."""

import math
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.assessment.analysis.statistics.distributions import (
    beta_distribution,
    beta_quantile,
    binomial_distribution,
    f_quantile,
    t_distribution,
    t_quantile,
)


@pytest.mark.parametrize(
    ("p", "df", "quantile"),
    [
        (0.975, 1, 12.706204736174694),
        (0.975, 2, 4.302652729749462),
        (0.975, 3, 3.182446305284263),
        (0.975, 4, 2.7764451051977987),
        (0.975, 9, 2.2621571627982055),
        (0.975, 30, 2.0422724563012373),
        (0.975, 49, 2.0095752371292397),
        (0.975, 100, 1.9839715185235518),
        (0.975, 4999, 1.9604386466615242),
        (0.995, 7, 3.4994832973505026),
        (0.9, 7, 1.4149239276488585),
        (0.95, 5, 2.015048373333024),
        (0.5, 5, 0.0),
        (0.025, 4, -2.7764451051977987),
    ],
)
def test_t_quantile_agrees_with_the_tables(p: float, df: int, quantile: float) -> None:
    assert t_quantile(p, df) == pytest.approx(quantile, rel=1e-10, abs=1e-10)


@settings(deadline=None, max_examples=25)
@given(st.floats(0.001, 0.999))
def test_t_quantile_agrees_with_the_closed_forms_for_1_and_2(p: float) -> None:
    one = math.tan(math.pi * (p - 0.5))
    two = (2 * p - 1) * math.sqrt(2 / (4 * p * (1 - p)))

    assert t_quantile(p, 1) == pytest.approx(one, rel=1e-7, abs=1e-7)
    assert t_quantile(p, 2) == pytest.approx(two, rel=1e-7, abs=1e-7)


@settings(deadline=None, max_examples=25)
@given(st.floats(0.001, 0.999), st.integers(1, 500))
def test_t_quantile_undoes_the_distribution(p: float, df: int) -> None:
    assert t_distribution(t_quantile(p, df), df) == pytest.approx(p, abs=1e-12)


def test_t_needs_a_degree_of_freedom() -> None:
    with pytest.raises(ValueError, match=r"^df=0 is out of range$"):
        t_distribution(1.5, 0)


def test_t_quantile_nears_the_normal_one() -> None:
    assert t_quantile(0.975, 100_000) == pytest.approx(1.959963985, abs=3e-5)


def test_t_quantile_reaches_a_millionth_from_either_end() -> None:
    assert t_quantile(1 - 1e-6, 2) == pytest.approx(-t_quantile(1e-6, 2))


@pytest.mark.parametrize(("p", "df"), [(0, 5), (1, 5), (0.975, 0), (-0.1, 3)])
def test_t_quantile_refuses_what_has_no_quantile(p: float, df: int) -> None:
    with pytest.raises(ValueError, match=f"^p={p}, df={df} is out of range$"):
        t_quantile(p, df)


@pytest.mark.parametrize(
    ("p", "d1", "d2", "quantile"),
    [
        (0.975, 4, 10, 4.46834157822528),
        (0.025, 29, 261, 0.5422086537127884),
        (0.975, 29, 261, 1.633202791445206),
        (0.975, 4999, 94981, 1.0406613435810317),
        (0.025, 1, 1, 0.0015437125086741326),
        (0.95, 3, 20, 3.09839121214078),
    ],
)
def test_f_quantile_agrees_with_the_tables(p: float, d1: int, d2: int, quantile: float) -> None:
    assert f_quantile(p, d1, d2) == pytest.approx(quantile, rel=1e-10)


@pytest.mark.parametrize("degrees", [1, 4, 30])
def test_the_middle_of_f_with_equal_degrees_is_one(degrees: int) -> None:
    assert f_quantile(0.5, degrees, degrees) == pytest.approx(1, rel=1e-12)


@settings(deadline=None, max_examples=25)
@given(st.floats(0.001, 0.999), st.integers(1, 200))
def test_f_with_one_degree_is_t_squared(p: float, df: int) -> None:
    assert f_quantile(p, 1, df) == pytest.approx(t_quantile((1 + p) / 2, df) ** 2, rel=1e-9)


@pytest.mark.parametrize(("d1", "d2"), [(0, 5), (5, 0)])
def test_f_quantile_needs_degrees_of_freedom(d1: int, d2: int) -> None:
    with pytest.raises(ValueError, match=f"^d1={d1}, d2={d2} is out of range$"):
        f_quantile(0.975, d1, d2)


@pytest.mark.parametrize(
    ("a", "b", "x", "value"),
    [
        (2, 3, 0.5, 0.6875),
        (0.5, 0.5, 0.5, 0.5),
        (1, 1, 0.3, 0.3),
        (5, 1, 0.2, 0.00032),
        (2.5, 4, 0.3, 0.3521975859067672),
        (2, 3, 0, 0.0),
        (2, 3, 1, 1.0),
        (2, 3, -0.5, 0.0),
        (2, 3, 1.5, 1.0),
    ],
)
def test_beta_agrees_with_known_values(a: float, b: float, x: float, value: float) -> None:
    assert beta_distribution(x, a, b) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(("a", "b"), [(0, 1), (1, 0), (-1, 2)])
def test_beta_needs_shapes_above_zero(a: float, b: float) -> None:
    with pytest.raises(ValueError, match=f"^a={a}, b={b} is out of range$"):
        beta_distribution(0.5, a, b)


@settings(deadline=None, max_examples=25)
@given(st.floats(0.01, 0.99), st.floats(0.5, 50), st.floats(0.5, 50))
def test_beta_quantile_undoes_the_distribution(p: float, a: float, b: float) -> None:
    assert beta_distribution(beta_quantile(p, a, b), a, b) == pytest.approx(p, abs=1e-10)


@pytest.mark.parametrize(
    ("k", "n", "p", "value"),
    [
        (3, 10, 0.5, 0.171875),
        (0, 5, 0.5, 0.03125),
        (7, 20, 0.3, 0.7722717974181608),
        (-1, 5, 0.5, 0.0),
        (5, 5, 0.5, 1.0),
        (0, 0, 0.5, 1.0),
    ],
)
def test_binomial_agrees_with_known_values(k: int, n: int, p: float, value: float) -> None:
    assert binomial_distribution(k, n, p) == pytest.approx(value, rel=1e-12)


@given(st.integers(0, 30), st.integers(1, 30))
def test_binomial_is_the_sum_of_its_terms(k: int, n: int) -> None:
    terms = sum(math.comb(n, i) for i in range(min(k, n) + 1)) / 2**n

    assert binomial_distribution(k, n) == pytest.approx(terms, rel=1e-12)


@pytest.mark.parametrize(("p", "below"), [(0, 1.0), (1, 0.0)])
def test_what_never_or_always_succeeds(p: float, below: float) -> None:
    assert binomial_distribution(2, 3, p) == below


@pytest.mark.parametrize(("n", "p"), [(-1, 0.5), (3, 1.5), (3, -0.5)])
def test_binomial_refuses_what_is_no_trial(n: int, p: float) -> None:
    with pytest.raises(ValueError, match=f"^n={n}, p={p} is out of range$"):
        binomial_distribution(1, n, p)


def test_threads_do_not_disturb_each_other() -> None:
    found: list[float] = []

    def compute() -> None:
        found.extend(beta_distribution(x / 40, 7.5, 3) for x in range(1, 40))

    threads = [threading.Thread(target=compute) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(found) == sorted(4 * [beta_distribution(x / 40, 7.5, 3) for x in range(1, 40)])
