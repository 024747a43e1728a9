// Presenter keys, and the end of the kernel with its page.
{
  const systems = () =>
    [...document.querySelectorAll("#rendered_cells :is(h1, h2)")].filter((h) => h.offsetParent);
  const bar = document.getElementById("bar");
  const line = () => bar.getBoundingClientRect().bottom + 16;
  const place = (heading) =>
    // The first heading stands at the top of the page.
    heading.matches("h1") ? 0 : scrollY + heading.getBoundingClientRect().top - line();
  // Where the last step led: headings on the last screen cannot be told apart by scrolling.
  let last = { at: -1, y: -Infinity };
  const go = (step) => {
    const headings = systems();
    const places = headings.map(place);
    const stayed = Math.abs(last.y - scrollY) < 2;
    const at = stayed ? last.at : places.findLastIndex((y) => y < scrollY + 2);
    // From the midst of a system, back leads to its start.
    const next = step < 0 && !stayed && places[at] < scrollY - 2 ? at : at + step;
    const heading = headings[next];
    if (!heading) return document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
    scrollTo({ top: places[next], behavior: "instant" });
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    last = { at: next, y: scrollY };
  };
  document.getElementById("next").addEventListener("click", () => go(1));
  document.getElementById("previous").addEventListener("click", () => go(-1));
  document.getElementById("scheme").addEventListener("click", () => window.ftzScheme());
  const keys = { n: 1, PageDown: 1, p: -1, PageUp: -1 };
  addEventListener("keydown", (event) => {
    const step = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    // In a control these keys are the control's own.
    const control = event.target.closest?.("input, select, textarea, [role=slider]");
    if (!step || control || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    go(step);
  });

  // What scrolls sideways must be reachable without a mouse.
  const reach = () => {
    for (const area of document.querySelectorAll(".jp-OutputArea-output, .ftz-panel :has(> img)"))
      if (area.scrollWidth > area.clientWidth) area.tabIndex = 0;
      else area.removeAttribute("tabindex");
  };
  const watcher = new ResizeObserver(reach);
  watcher.observe(document.getElementById("rendered_cells"));

  const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  addEventListener("pagehide", () => {
    const form = new FormData();
    const cookie = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    form.append("_xsrf", cookie ? cookie[1] : "");
    navigator.sendBeacon(`${config.baseUrl}voila/api/shutdown/${config.kernelId}`, form);
  });
  // A page from the browser's store has lost its kernel.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
