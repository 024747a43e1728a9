// A question with answers of which one is chosen; what comes at the end takes the focus.
export default {
  render({ model, el }) {
    el.classList.add("ftz-ask");
    const make = (tag, parent, properties) => {
      const made = Object.assign(document.createElement(tag), properties);
      parent.append(made);
      return made;
    };
    const name = `ftz-${Math.random().toString(36).slice(2)}`;
    const form = make("form", el, { noValidate: true });
    const fieldset = make("fieldset", form, {});
    const legend = make("legend", fieldset, {});
    const choices = make("div", fieldset, {});
    const refusal = make("p", form, { id: `${name}-refusal` });
    refusal.setAttribute("role", "alert");
    const button = make("button", form, { type: "submit" });
    const end = make("div", el, { tabIndex: -1 });
    const others = make("div", el, { className: "ftz-others" });
    fieldset.setAttribute("aria-describedby", refusal.id);
    // JupyterLab would else take arrows, letters and Enter; it asks what has the focus alone.
    button.dataset.lmSuppressShortcuts = "";
    let chosen = model.get("chosen");
    const paint = () => {
      legend.textContent = model.get("question");
      button.textContent = model.get("button");
      refusal.textContent = model.get("refusal");
      const options = model.get("options");
      form.hidden = options.length === 0;
      const focused = choices.contains(document.activeElement) ? document.activeElement.value : null;
      choices.replaceChildren();
      options.forEach((words, index) => {
        const label = make("label", choices, {});
        const radio = make("input", label, { type: "radio", name, value: String(index) });
        radio.checked = index === chosen;
        radio.dataset.lmSuppressShortcuts = "";
        radio.addEventListener("change", () => {
          chosen = index;
        });
        label.append(words);
        if (focused === radio.value) radio.focus();
      });
      // Made by the kernel, which escapes what comes from tables.
      end.innerHTML = model.get("end");
      end.hidden = !end.innerHTML;
      others.replaceChildren();
      model.get("others").forEach((words, index) => {
        const other = make("button", others, { type: "button", textContent: words });
        other.dataset.lmSuppressShortcuts = "";
        other.addEventListener("click", () => send("pressed", index));
      });
    };
    const turn = () => {
      chosen = -1;
      paint();
      const target = form.hidden ? end : choices.querySelector("input");
      target?.focus({ preventScroll: false });
    };
    const clear = () => {
      chosen = -1;
      paint();
    };
    const send = (trait, index) => {
      model.set(trait, index);
      model.set("entered", model.get("entered") + 1);
      model.save_changes();
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send("chosen", chosen);
    });
    const words =
      "change:question change:button change:refusal change:options change:end change:others";
    model.on(words, paint);
    model.on("change:turn", turn);
    model.on("change:cleared", clear);
    paint();
    // The same for what stands beside it in a list of exercises, of which some comes later.
    const arriving = new MutationObserver(() => adopt());
    let list = null;
    const adopt = () => {
      for (const each of list.querySelectorAll("select, button")) {
        each.dataset.lmSuppressShortcuts = "";
      }
    };
    const find = () => {
      if (!el.isConnected) return void requestAnimationFrame(find);
      list = el.closest(".ftz-exercises");
      if (list === null) return;
      arriving.observe(list, { childList: true, subtree: true });
      adopt();
    };
    find();
    return () => {
      arriving.disconnect();
      model.off(words, paint);
      model.off("change:turn", turn);
      model.off("change:cleared", clear);
    };
  },
};
