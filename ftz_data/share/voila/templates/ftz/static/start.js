// Runs before anything is painted, so that no page flashes in the other language or scheme.
{
  const root = document.documentElement;
  const address = new URL(location);
  // The form that asks for the token looks like the page that it leads to.
  const next = address.searchParams.get("next");
  const asked = (next ? new URL(next, address) : address).searchParams;
  if (["en", "zh"].includes(asked.get("lang"))) root.lang = asked.get("lang");
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = asked.get("scheme");
  const paint = () => {
    root.dataset.scheme = ["light", "dark"].includes(chosen) ? chosen : system.matches ? "dark" : "light";
  };
  paint();
  system.addEventListener("change", paint);
  // A link that is passed on from the screen must not carry the token.
  if (asked.has("token")) {
    asked.delete("token");
    history.replaceState(null, "", address);
  }
  // Language and scheme go along from page to page, however a link is opened: its address holds them.
  const carry = () => {
    for (const link of document.querySelectorAll("a[href]")) {
      const within = link.hash && link.pathname === location.pathname;
      if (link.origin !== location.origin || within) continue;
      const target = new URL(link.href);
      // A link to the other language has its own.
      if (!link.hreflang) target.searchParams.set("lang", root.lang);
      if (chosen) target.searchParams.set("scheme", chosen);
      if (target.href !== link.href) link.href = target;
    }
  };
  // Browsers limit how often an address may change: the scheme is shown, and goes there in the end.
  const keep = () => {
    const address = new URL(location);
    address.searchParams.set("scheme", chosen);
    try {
      history.replaceState(null, "", address);
    } catch {
      setTimeout(keep, 5000);
    }
  };
  const watcher = new MutationObserver(carry);
  watcher.observe(root, { attributeFilter: ["lang", "data-scheme"] });
  addEventListener("DOMContentLoaded", () => {
    carry();
    watcher.observe(document.body, { childList: true, subtree: true });
  });
  window.ftzScheme = () => {
    chosen = root.dataset.scheme === "dark" ? "light" : "dark";
    paint();
    keep();
  };
  // Nobody tells a page that it has lost its kernel, so it looks at its own connections.
  // What a control sends into a connection that is dying is lost without a word: it is kept until
  // the kernel has answered, and said again on the next connection.
  const Plain = WebSocket;
  const unanswered = new Map();
  // A kernel that hangs keeps its connection. One that is idle says at once that it is busy with
  // what it is sent; one that is busy may be silent for as long as it computes.
  let busy = true;
  let waiting = null;
  const wait = () => {
    if (!busy) waiting ??= setTimeout(() => dispatchEvent(new Event("ftz-hung")), 10_000);
  };
  const hear = (data) => {
    clearTimeout(waiting);
    waiting = null;
    dispatchEvent(new Event("ftz-heard"));
    const size = typeof data === "string" ? data.length : data.byteLength;
    // The state of a kernel is a short message; pictures need not be searched.
    const state = size > 4000 ? null : /"execution_state": ?"(\w+)"/.exec(words(data));
    if (state) busy = state[1] !== "idle";
  };
  const words = (data) => (typeof data === "string" ? data : new TextDecoder().decode(data));
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        hear(data);
        const size = typeof data === "string" ? data.length : data.byteLength;
        if (!unanswered.size || size > 4000) return;
        const text = words(data);
        if (/"execution_state": ?"idle"/.test(text))
          for (const id of unanswered.keys()) if (text.includes(id)) unanswered.delete(id);
      });
      const owed = [...unanswered.values()];
      // The first message says that the kernel listens.
      this.addEventListener("message", () => {
        for (const data of owed.splice(0)) super.send(data);
      });
      dispatchEvent(new CustomEvent("ftz-socket", { detail: this }));
    }
    send(data) {
      const text = words(data);
      const id = /"msg_id": ?"([^"]+)"/.exec(text)?.[1];
      if (id && text.includes('"comm_msg"') && text.includes('"update"')) {
        unanswered.set(id, data);
        wait();
      }
      super.send(data);
    }
  };
}
