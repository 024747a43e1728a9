"""Finance: interest, fees, collateral and shared losses; a year has 360 days, as banks count."""

from __future__ import annotations

import numpy as np


def freight_insurance(days_before, days_after):
    """Gain in percent if efficiency is speed: days before over days after, less one."""
    return 100 * (days_before / days_after - 1)


def freight_cost(principal, rate, days, premium):
    """Cost of an insured freight loan: P·r·d/360 plus the premium, both rates in percent."""
    return principal * (rate / 100 * days / 360 + premium / 100)


def rail_bill(rate_before, rate_after, days, saved, fee_before, fee_after):
    """Change in the cost of finance, in percent; fees in percent of the principal."""
    before = rate_before * days / 360 + fee_before
    after = rate_after * (days - saved) / 360 + fee_after
    return 100 * (after / before - 1)


def warehouse_receipt(price, quantity, haircut):
    """Loan against goods in store, L = p·q·(1 − h)."""
    return price * quantity * (1 - haircut / 100)


def double_pledge(exposure, default, loss, pledge, control):
    """Expected loss, EL = PD·EAD·(LGD + what a second pledge takes of the rest).

    Where the goods were pledged twice, which happens with the given chance and is prevented with
    the given control, nothing is recovered.
    """
    twice = pledge / 100 * (1 - control / 100)
    return exposure * default / 100 * (loss / 100 + (1 - loss / 100) * twice)


def loan_pool(fund, lent, share):
    """Loss rate at which the pool is used up, δ* = F/(κL), in percent."""
    return 100 * fund / (share / 100 * lent)


def freight_fx(amount, spread):
    """Saving on conversion: amount times the spread between buying and selling."""
    return amount * spread / 100


def freight_fx_risk(amount, volatility, days):
    """One standard deviation of the value of an open amount, a σ √t; a year has 365 days."""
    return amount * volatility / 100 * np.sqrt(days / 365)
