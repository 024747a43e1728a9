"""Trade: shares of a whole, netting of a ring."""

from __future__ import annotations


def offshore_platform(own, share):
    """The province's offshore trade from the zone's own and its share, P = A/s."""
    return 100 * own / share


def barter_trade(traders, value, imbalance):
    """Cash that a ring of trades still needs: each trader settles only the difference.

    Gross n·v against net n·v·i, where i is the share of a delivery that is not matched.
    """
    return traders * value * imbalance / 100
