"""The notebooks as a briefing: Voilà on loopback, behind a token, without code.

`python -m ftz_data briefing` starts it; Voilà's own options, and those of
`LimitedKernelManager`, can be given after it. The notebooks are executed ahead of the first view,
and no more kernels run than the machine bears: whoever comes after gets a page that says so.
"""

from ..extras import needs

with needs("notebooks"):
    from .app import serve

__all__ = ["serve"]
