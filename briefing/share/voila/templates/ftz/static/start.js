// Runs before anything is painted, so that no page flashes in the other language or scheme.
{
  const root = document.documentElement;
  const address = new URL(location);
  const asked = address.searchParams;
  if (["en", "zh"].includes(asked.get("lang"))) root.lang = asked.get("lang");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    const chosen = new URLSearchParams(location.search).get("scheme");
    root.dataset.scheme = ["light", "dark"].includes(chosen) ? chosen : system.matches ? "dark" : "light";
  };
  paint();
  system.addEventListener("change", paint);
  // A link that is passed on from the screen must not carry the token.
  if (asked.has("token")) {
    asked.delete("token");
    history.replaceState(null, "", address);
  }
  // Language and scheme go along from page to page.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || link.origin !== location.origin || link.hash) return;
    const target = new URL(link.href);
    target.searchParams.set("lang", root.lang);
    const scheme = new URLSearchParams(location.search).get("scheme");
    if (scheme) target.searchParams.set("scheme", scheme);
    link.href = target;
  });
  window.ftzScheme = () => {
    const next = new URL(location);
    next.searchParams.set("scheme", root.dataset.scheme === "dark" ? "light" : "dark");
    history.replaceState(null, "", next);
    paint();
  };
}
