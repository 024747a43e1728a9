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
  // It holds until the reader scrolls; the page itself moves while its pictures arrive.
  let last = null;
  const forget = () => {
    last = null;
  };
  for (const kind of ["wheel", "touchmove"]) addEventListener(kind, forget, { passive: true });
  // A press on the page's own scroll bar, and a step to a control elsewhere.
  addEventListener("pointerdown", ({ target }) => target === document.documentElement && forget());
  addEventListener("focusin", ({ target }) => target === last || bar.contains(target) || forget());
  const scrolling = ["ArrowUp", "ArrowDown", " ", "Home", "End"];
  addEventListener("keydown", ({ key }) => scrolling.includes(key) && forget());
  const go = (step) => {
    const headings = systems();
    const places = headings.map(place);
    const stayed = last !== null;
    const at = stayed ? headings.indexOf(last) : places.findLastIndex((y) => y < scrollY + 2);
    // From the midst of a system, back leads to its start.
    const next = step < 0 && !stayed && places[at] < scrollY - 2 ? at : at + step;
    const heading = headings[next];
    if (!heading) return document.querySelector(step > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
    scrollTo({ top: places[next], behavior: "instant" });
    heading.tabIndex = -1;
    last = heading;
    heading.focus({ preventScroll: true });
  };
  document.getElementById("next").addEventListener("click", () => go(1));
  document.getElementById("previous").addEventListener("click", () => go(-1));
  document.getElementById("scheme").addEventListener("click", () => window.ftzScheme());
  // Whoever speaks to the computer, or rests a hand on the keys, turns them off.
  const lesson = window.ftzLesson;
  const keySwitch = document.getElementById("keys");
  let keysOn = sessionStorage.getItem("ftz-keys") !== "off";
  const showKeys = () => {
    keySwitch.setAttribute("aria-pressed", String(keysOn));
    // A screen reader says what keys a button has, and must not promise any that are off.
    for (const button of document.querySelectorAll("[data-keys]"))
      if (keysOn) button.setAttribute("aria-keyshortcuts", button.dataset.keys);
      else button.removeAttribute("aria-keyshortcuts");
    for (const key of document.querySelectorAll("kbd")) key.hidden = !keysOn;
  };
  keySwitch.addEventListener("click", () => {
    keysOn = !keysOn;
    sessionStorage.setItem("ftz-keys", keysOn ? "on" : "off");
    showKeys();
  });
  showKeys();
  // For what comes to the page later, as the steps of a lesson do.
  window.ftzKeys = showKeys;
  const keys = { n: 1, PageDown: 1, p: -1, PageUp: -1 };
  addEventListener("keydown", (event) => {
    if (!keysOn) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const step = keys[name];
    const asks = name === "a" && lesson.on();
    // In a control these keys are the control's own.
    const control = event.target.closest?.("input, select, textarea, [role=slider]");
    if (!(step || asks) || control || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (asks) lesson.answer();
    else if (lesson.on()) lesson.go(step);
    else go(step);
  });

  // What scrolls sideways must be reachable without a mouse.
  const reach = () => {
    for (const area of document.querySelectorAll(".jp-OutputArea-output"))
      if (area.scrollWidth > area.clientWidth) area.tabIndex = 0;
      else area.removeAttribute("tabindex");
  };
  const watcher = new ResizeObserver(reach);
  watcher.observe(document.getElementById("rendered_cells"));

  const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);

  // What the connection with the kernel does. A connection that is cut may come back, and brings
  // what was moved meanwhile; a kernel that has ended does not, and its page must be loaded anew.
  const notice = document.getElementById("lost");
  let state = "";
  const say = (next) => {
    if (state === next || state === "gone") return;
    state = next;
    // A text that is put in is read aloud; one that is merely shown is not.
    const template = document.getElementById(`words-${next}`);
    notice.replaceChildren(...(template ? [template.content.cloneNode(true)] : []));
    notice.querySelector("button")?.addEventListener("click", () => location.reload());
  };
  let leaving = false;
  const ENDED = /"execution_state": ?"(?:restarting|autorestarting|dead)"/;
  const watch = (socket) => {
    if (!new URL(socket.url).pathname.includes("/api/kernels/")) return;
    socket.addEventListener("open", () => say(""));
    socket.addEventListener("close", () => leaving || ask());
    socket.addEventListener("message", ({ data }) => {
      // The state of a kernel is a short message; pictures need not be searched.
      if (typeof data === "string" ? data.length > 4000 : data.byteLength > 4000) return;
      const text = typeof data === "string" ? data : new TextDecoder().decode(data);
      if (ENDED.test(text)) say("gone");
    });
    connection = socket;
  };
  let connection = null;
  let refused = 0;
  const PATIENCE = 15;
  // Whether the kernel is there still; a server that does not answer may come back.
  const ask = async () => {
    const address = `${config.baseUrl}api/kernels/${config.kernelId}`;
    const answer = await fetch(address, {
      cache: "no-store",
      signal: AbortSignal.timeout(5000),
    }).catch(() => null);
    if (leaving) return;
    const open = connection?.readyState === WebSocket.OPEN;
    refused = answer?.ok && !open ? refused + 1 : 0;
    // JupyterLab's services try again for two minutes at most, then the page stays as it is.
    const given = refused > PATIENCE;
    if (given || answer?.status === 404 || answer?.status === 403) say("gone");
    else say(answer?.ok && open && !hung ? "" : "lost");
  };
  let hung = false;
  addEventListener("ftz-hung", () => {
    hung = true;
    say("lost");
  });
  addEventListener("ftz-heard", () => {
    if (!hung) return;
    hung = false;
    ask();
  });
  addEventListener("ftz-socket", (event) => watch(event.detail));
  addEventListener("ftz-silent", () => say("gone"));
  addEventListener("offline", ask);
  addEventListener("online", ask);
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  // A connection can be dead without a word, as after a sleep. Before the first one the page loads.
  setInterval(() => connection && ask(), 10_000);

  addEventListener("pagehide", () => {
    leaving = true;
    const form = new FormData();
    const cookie = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    form.append("_xsrf", cookie ? cookie[1] : "");
    navigator.sendBeacon(`${config.baseUrl}voila/api/shutdown/${config.kernelId}`, form);
  });
  // A page from the browser's store has lost its kernel.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
