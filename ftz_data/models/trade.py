"""Trade: what passes a country by, and netting of a ring."""

from __future__ import annotations

from .parts import single


def offshore_platform(value, margin):
    """Net exports of goods under merchanting: what is left between selling and buying, A·m."""
    return value * margin / 100


def offshore_platform_parts(value, margin):
    """Goods pass China by, money passes through it, and the margin stays."""
    return [
        single("gross", "goods", value),
        single("gross", "receipt", value),
        single("gross", "payment", value * (1 - margin / 100)),
        single("net", "margin", value * margin / 100),
    ]


def barter_trade(traders, value, imbalance):
    """Cash that a ring of trades still needs: each trader settles only the difference.

    Gross n·v against net n·v·i, where i is the share of a delivery that is not matched.
    """
    return traders * value * imbalance / 100


def barter_trade_parts(traders, value, imbalance):
    """Each trader delivers to the next; paid in full, or for what is not matched."""
    return [
        single("gross", "delivery", value, count=traders),
        single("gross", "cash_gross", value, count=traders),
        single("net", "delivery", value, count=traders),
        single("net", "cash_net", value * imbalance / 100, count=traders),
    ]
