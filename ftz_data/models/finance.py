"""Finance: interest, fees, collateral and shared losses; a year has 360 days, as banks count."""

from __future__ import annotations

import numpy as np

from .parts import Part, chain, single
from .paths import Path, Point


def freight_insurance(days_before, days_after):
    """Gain in percent if efficiency is speed: days before over days after, less one."""
    return 100 * (days_before / days_after - 1)


def freight_insurance_parts(days_before, days_after):
    """Days until the money is there."""
    return [single("before", "days_before", days_before), single("after", "days_after", days_after)]


def freight_cost(principal, days, rate, premium, unsecured, idle):
    """Saving against an unsecured loan: its interest less that of an insured one and the premium.

    P·r₀·d/360 − P (r·d/360 + q), all rates in percent.
    """
    return principal / 100 * (unsecured * days / 360 - (rate * days / 360 + premium))


def freight_cost_parts(principal, days, rate, premium, unsecured, idle):
    """Cost of an insured loan, of an unsecured one, and of none: what the cash would earn."""
    term = principal / 100 * days / 360
    return [
        *chain("insured", interest=term * rate, premium=principal / 100 * premium),
        single("unsecured", "unsecured", term * unsecured),
        single("none", "idle", term * idle),
    ]


def rail_bill(rate_before, rate_after, days, saved, fee_before, fee_after):
    """Change in the cost of finance, in percent; fees in percent of the principal."""
    before = rate_before * days / 360 + fee_before
    after = rate_after * (days - saved) / 360 + fee_after
    return 100 * (after / before - 1)


def rail_bill_parts(rate_before, rate_after, days, saved, fee_before, fee_after):
    """What the change is made of: first the days, which are reported, then rate, then fees."""
    before = rate_before * days / 360 + fee_before
    left = days - saved
    return chain(
        "change",
        days=-100 * rate_before * saved / 360 / before,
        rate=100 * (rate_after - rate_before) * left / 360 / before,
        fees=100 * (fee_after - fee_before) / before,
    )


def warehouse_receipt(area, load, price, haircut):
    """Loan against goods in store: space times load times price, less the haircut."""
    return area * load * price * (1 - haircut / 100)


def warehouse_receipt_parts(area, load, price, haircut):
    """Value of the goods, what is held back of it, and what is lent."""
    value = area * load * price
    lent = value * (1 - haircut / 100)
    return [
        single("after", "value", value),
        Part("after", "haircut", value, lent),
        single("after", "loan", lent),
    ]


def double_pledge(exposure, default, loss, fraud, pledgees, control):
    """Expected loss of a lender with control, EAD ((1 − φ)·PD·LGD + φ (1 − 1/m)).

    In a fraud the same goods were pledged m times and each lender finds 1/m; it comes with the
    default, and control prevents it with the given chance.
    """
    happens = fraud / 100 * (1 - control / 100)
    honest, pledged = _losses(default, loss, pledgees, happens)
    return exposure * (honest + pledged)


def double_pledge_parts(exposure, default, loss, fraud, pledgees, control):
    """Claims on one pile, and the expected loss, without and with control."""
    parts = []
    for panel, prevented, lenders in (("without", 0.0, pledgees), ("with", control / 100, 1)):
        honest, pledged = _losses(default, loss, pledgees, fraud / 100 * (1 - prevented))
        parts += [
            single(panel, "claim", exposure, count=lenders),
            *chain(panel, honest=exposure * honest, pledged=exposure * pledged),
        ]
    return parts


def _losses(default, loss, pledgees, fraud):
    """Expected loss without and by fraud, as parts of the exposure."""
    return (1 - fraud) * default / 100 * loss / 100, fraud * (1 - 1 / pledgees)


def loan_pool(fund, lent, outstanding, share):
    """Loss rate at which the part of the pool for losses is used up, δ* = F/(κ·o·L), in percent."""
    return 100 * fund / (share / 100 * outstanding / 100 * lent)


def loan_pool_parts(fund, lent, outstanding, share):
    """All that was lent, what is outstanding, what the pool answers for, and what it holds."""
    owed = lent * outstanding / 100
    return [
        single("after", "lent", lent),
        single("after", "outstanding", owed),
        single("after", "borne", owed * share / 100),
        single("after", "fund", fund),
    ]


def freight_fx(amount, spread, payer, payee):
    """Saving on conversion: the spread of each side that would have converted, A·b (p + q)."""
    return amount * spread / 100 * (payer + payee) / 100


def freight_fx_parts(amount, spread, payer, payee):
    """Before, both sides convert through a bank; after, the amount passes as it is."""
    return [
        single("before", "bought", amount),
        single("before", "sold", amount),
        single("before", "payer_spread", amount * spread / 100 * payer / 100),
        single("before", "payee_spread", amount * spread / 100 * payee / 100),
        single("after", "freight", amount),
    ]


def freight_fx_risk(amount, volatility, days):
    """One standard deviation of the value of an open amount, a σ √t; a year has 365 days."""
    return amount * volatility / 100 * np.sqrt(days / 365)


def freight_fx_risk_path(amount, volatility, days):
    """What an open amount may gain or lose as days pass: one standard deviation to either side."""
    steps = np.linspace(0, 365, 25)
    moves = freight_fx_risk(amount, volatility, steps)
    fan = [Point(t, role="fan", lower=-by, upper=by) for t, by in zip(steps, moves, strict=True)]
    now = freight_fx_risk(amount, volatility, days)
    ends = [Point(days, now, "point", "one_up"), Point(days, -now, "point", "one_down")]
    return Path("days", "USD", [*fan, Point(0, 0), Point(365, 0), *ends])
