// A lesson in the room: the step that the address asks for, its clock, and the answer on demand.
{
  const bar = document.getElementById("lesson");
  const { baseUrl, briefing } = JSON.parse(
    document.getElementById("jupyter-config-data").textContent,
  );
  const texts = briefing.texts;
  const asked = () => {
    const given = new URL(location).searchParams;
    return { lesson: given.get("lesson"), step: Number(given.get("step") ?? 1) };
  };
  // Both languages stand in the bar, as everywhere; the style shows that of the page.
  const say = (place, words, change = (each) => each) =>
    place.replaceChildren(
      ...Object.entries(words).map(([lang, each]) => {
        const span = document.createElement("span");
        span.lang = lang;
        span.textContent = change(each, lang);
        return span;
      }),
    );
  const part = (name) => document.getElementById(`lesson-${name}`);
  const get = async (address) => {
    const answer = await fetch(`${baseUrl}lesson/${address}`, { cache: "no-store" }).catch(
      () => null,
    );
    return answer?.ok ? answer.json() : null;
  };

  // Minutes are rounded up, so that the last one counts until it is over.
  let until = 0;
  let shown = null;
  const tick = () => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 60_000));
    if (bar.hidden || left === shown) return;
    shown = left;
    bar.classList.toggle("over", left === 0);
    say(part("clock"), left ? texts.lesson_left : texts.lesson_over, (each) =>
      each.replace("#", left),
    );
  };
  setInterval(tick, 1000);

  // The heading of the step, once the page shows it; it stays in place while pictures arrive, until
  // the reader moves.
  let wanted = null;
  const release = () => {
    wanted = null;
  };
  for (const kind of ["wheel", "touchmove", "pointerdown"])
    addEventListener(kind, release, { passive: true });
  // Letters ask for an answer or a step, and do not move the page.
  addEventListener("keydown", ({ key }) => (key.length > 1 || key === " ") && release(), {
    capture: true,
  });
  const name = (heading) => heading.textContent.replace("¶", "").trim();
  const place = () => {
    if (!wanted) return;
    const all = [...document.querySelectorAll("#rendered_cells [lang=en] :is(h1, h2, h3)")];
    const english = all.find((each) => name(each) === wanted);
    const both = english?.closest("[lang]").parentElement.querySelectorAll("h1, h2, h3") ?? [];
    const heading = [...both].find((each) => each.offsetParent);
    if (!heading) return;
    const line = document.getElementById("bar").getBoundingClientRect().bottom + 16;
    const top = scrollY + heading.getBoundingClientRect().top - line;
    if (Math.abs(top - scrollY) > 2) scrollTo({ top, behavior: "instant" });
  };
  new ResizeObserver(place).observe(document.getElementById("rendered_cells"));
  new ResizeObserver(() => {
    // What the bar covers can be scrolled to, and is not where the focus goes.
    const height = `${bar.offsetHeight}px`;
    document.body.style.paddingBottom = height;
    document.documentElement.style.scrollPaddingBottom = height;
  }).observe(bar);

  const link = (to, page, words, key) => {
    const made = document.createElement("a");
    const address = new URL(`${baseUrl}voila/render/${page}`, location);
    for (const kept of ["lang", "scheme"]) {
      const value = new URL(location).searchParams.get(kept);
      if (value) address.searchParams.set(kept, value);
    }
    if (to) {
      address.searchParams.set("lesson", asked().lesson);
      address.searchParams.set("step", to);
    }
    made.href = address;
    say(made, words);
    if (!to) return made;
    const hint = document.createElement("kbd");
    hint.textContent = key;
    made.append(" ", hint);
    made.dataset.keys = key;
    made.addEventListener("click", (event) => {
      if (page !== briefing.path || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const here = new URL(location);
      here.searchParams.set("step", to);
      history.pushState(null, "", here);
      show();
    });
    return made;
  };

  let turn = 0;
  const show = async () => {
    const { lesson, step } = asked();
    if (!lesson) return;
    turn += 1;
    const mine = turn;
    const given = await get(`${encodeURIComponent(lesson)}/${step}`);
    if (mine !== turn) return;
    bar.hidden = !given;
    document.documentElement.classList.toggle("in-lesson", Boolean(given));
    if (!given) return;
    const { pages, heading, minutes } = given;
    if (pages[step - 1] !== briefing.path) return location.replace(link(step, pages[step - 1], {}));
    say(part("at"), given.aim, (aim) => `${step}/${pages.length} · ${aim}`);
    say(part("question"), given.question);
    say(part("say"), given.say);
    part("answer").replaceChildren();
    const reveal = document.createElement("button");
    reveal.type = "button";
    reveal.id = "lesson-show";
    say(reveal, texts.lesson_answer);
    const hint = document.createElement("kbd");
    hint.textContent = "A";
    reveal.append(" ", hint);
    reveal.dataset.keys = "A";
    reveal.addEventListener("click", answer);
    const links = [reveal];
    if (step > 1) links.unshift(link(step - 1, pages[step - 2], texts.lesson_previous, "P"));
    if (step < pages.length) links.push(link(step + 1, pages[step], texts.lesson_next, "N"));
    links[0].id ||= "lesson-previous";
    links.at(-1).id ||= "lesson-next";
    links.push(link(0, briefing.path, texts.lesson_end));
    bar.querySelector("nav").replaceChildren(...links);
    window.ftzKeys();
    until = Date.now() + minutes * 60_000;
    shown = null;
    tick();
    wanted = heading;
    place();
  };

  const answer = async () => {
    const { lesson, step } = asked();
    const mine = turn;
    const given = await get(`${encodeURIComponent(lesson)}/${step}/answer`);
    if (mine !== turn) return;
    const lines = given
      ? [[given.answer], [given.slip, texts.lesson_slip]]
      : [[texts.lesson_failed]];
    part("answer").replaceChildren(
      ...lines.map(([words, frame]) => {
        const line = document.createElement("p");
        say(line, words, (each, lang) => (frame ? frame[lang].replace("#", each) : each));
        return line;
      }),
    );
  };

  window.ftzLesson = {
    on: () => !bar.hidden,
    go: (by) => document.getElementById(by > 0 ? "lesson-next" : "lesson-previous")?.click(),
    answer,
  };
  addEventListener("popstate", show);
  show();
}
