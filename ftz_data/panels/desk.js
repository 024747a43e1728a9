// The text with its figures, one figure at a time, and what is to be decided of it.
export default {
  render({ model, el }) {
    el.classList.add("ftz-desk");
    const make = (tag, parent, properties = {}) => {
      const made = Object.assign(document.createElement(tag), properties);
      parent.append(made);
      return made;
    };
    // JupyterLab would else take letters and Enter; it asks what has the focus alone.
    const quiet = (control) => {
      control.dataset.lmSuppressShortcuts = "";
      return control;
    };
    const name = `ftz-${Math.random().toString(36).slice(2)}`;
    const progress = make("p", el, { className: "ftz-progress" });
    progress.setAttribute("role", "status");
    const read = make("div", el, { className: "ftz-read", tabIndex: 0 });
    read.setAttribute("role", "region");
    const head = make("div", el, { className: "ftz-figure", id: `${name}-head`, tabIndex: -1 });
    const form = make("form", el, { noValidate: true });
    form.setAttribute("aria-describedby", head.id);
    const suggested = make("div", form, { className: "ftz-suggested" });
    const inputs = make("div", form, { className: "ftz-fields" });
    const refusal = make("p", form, { id: `${name}-refusal` });
    refusal.setAttribute("role", "alert");
    const buttons = make("div", form, { className: "ftz-buttons" });
    const typed = () =>
      Object.fromEntries([...inputs.querySelectorAll("[name]")].map((each) => [each.name, each.value]));
    // What is pressed goes with the figure that was shown, and once: a second Enter comes too soon.
    let said = null;
    const say = (what, more = {}) => {
      const turn = model.get("turn");
      if (said === turn) return;
      said = turn;
      model.send({ do: what, fields: typed(), observation: model.get("observation"), ...more });
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      say("accept");
    });
    const button = (key, what, more) => {
      const made = quiet(make("button", buttons, { type: what === "accept" ? "submit" : "button" }));
      made.textContent = model.get("words")[key];
      if (what !== "accept") made.addEventListener("click", () => say(what, more));
    };
    const field = ({ name: column, label, options, value, open, offered }) => {
      const holder = make("label", inputs, { textContent: label });
      const control = quiet(make(options ? "select" : "input", holder, { name: column }));
      for (const [code, words] of options ?? []) make("option", control, { value: code, textContent: words });
      if (offered.length) {
        const list = make("datalist", holder, { id: `${name}-${column}` });
        for (const each of offered) make("option", list, { value: each });
        control.setAttribute("list", list.id);
      }
      control.value = value;
      control.required = open;
      const tell = () => control.setAttribute("aria-invalid", String(open && !control.value));
      control.addEventListener("input", tell);
      tell();
      if (column === model.get("wrong")) control.setAttribute("aria-invalid", "true");
      // JupyterLab keeps Enter from a form, and in a list it would open it.
      control.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        say("accept");
      });
    };
    const paint = () => {
      const words = model.get("words");
      progress.textContent = model.get("progress");
      read.setAttribute("aria-label", words.text);
      // Made by the kernel, which escapes what comes from the document.
      read.innerHTML = model.get("marked");
      head.innerHTML = model.get("head");
      refusal.textContent = model.get("refusal");
      suggested.replaceChildren();
      model.get("suggestions").forEach((title, index) => {
        if (index === 0) make("span", suggested, { textContent: words.suggested });
        const made = quiet(make("button", suggested, { type: "button", textContent: title }));
        made.addEventListener("click", () => say("suggest", { index }));
      });
      inputs.replaceChildren();
      model.get("fields").forEach(field);
      buttons.replaceChildren();
      if (model.get("fields").length) {
        button("accept", "accept");
        button("reject", "reject");
      }
      button("undo", "undo");
      button("previous", "go", { step: -1 });
      button("next", "go", { step: 1 });
      read.querySelector("mark[aria-current]")?.scrollIntoView({ block: "nearest" });
    };
    const turn = () => {
      paint();
      const wrong = inputs.querySelector(`[name="${model.get("wrong")}"]`);
      const empty = wrong ?? [...inputs.querySelectorAll("[name]")].find((each) => each.required && !each.value);
      (empty ?? form.querySelector("[type=submit]") ?? head).focus({ preventScroll: true });
      head.scrollIntoView({ block: "nearest" });
      // What is said of all figures, and what was refused, may stand beyond the edge of the window.
      if (!read.querySelector("mark[data-status=open]")) progress.scrollIntoView({ block: "nearest" });
      if (refusal.textContent) refusal.scrollIntoView({ block: "nearest" });
    };
    const refuse = () => {
      refusal.textContent = model.get("refusal");
    };
    read.addEventListener("click", ({ target }) => {
      const mark = target.closest("mark");
      if (mark) say("pick", { index: Number(mark.dataset.at) });
    });
    model.on("change:words", paint);
    model.on("change:turn", turn);
    model.on("change:refusal", refuse);
    paint();
    return () => {
      model.off("change:words", paint);
      model.off("change:turn", turn);
      model.off("change:refusal", refuse);
    };
  },
};
