// A slider and a field for one number, its bounds, and a line that says what was refused.
export default {
  render({ model, el }) {
    el.classList.add("ftz-number");
    const add = (tag, properties) => {
      const made = Object.assign(document.createElement(tag), properties);
      el.append(made);
      return made;
    };
    const id = `ftz-${Math.random().toString(36).slice(2)}`;
    const label = add("label", { htmlFor: id });
    const range = add("input", { type: "range", id });
    const field = add("input", { type: "text", inputMode: "decimal", autocomplete: "off" });
    // JupyterLab would else take arrows and letters, some of which delete a cell; it asks what has
    // the focus, and nothing around it.
    for (const control of [range, field]) control.dataset.lmSuppressShortcuts = "";
    const bounds = add("small", { id: `${id}-bounds` });
    const refusal = add("p", { id: `${id}-refusal` });
    refusal.setAttribute("role", "alert");
    field.setAttribute("aria-describedby", `${bounds.id} ${refusal.id}`);
    // A hand that is still typing is not interrupted.
    let typing = false;
    const digits = (value) =>
      Number(value.toPrecision(10)).toLocaleString("en", { maximumFractionDigits: 12 });
    const paint = () => {
      const value = model.get("value");
      for (const name of ["min", "max", "step"]) range[name] = model.get(name);
      if (range.valueAsNumber !== value) range.value = value;
      range.setAttribute("aria-valuetext", digits(value));
      if (!typing && !model.get("typed")) field.value = digits(value);
    };
    const say = () => {
      label.textContent = model.get("description");
      field.ariaLabel = model.get("hint");
      bounds.textContent = model.get("bounds");
      refusal.textContent = model.get("refusal");
      field.setAttribute("aria-invalid", String(refusal.textContent !== ""));
    };
    range.addEventListener("input", () => {
      typing = false;
      model.set("value", range.valueAsNumber);
      model.save_changes();
    });
    field.addEventListener("input", () => {
      typing = true;
    });
    field.addEventListener("change", () => {
      typing = false;
      if (field.value.trim() && field.value !== digits(model.get("value"))) {
        model.set("typed", field.value);
        model.save_changes();
      } else paint();
    });
    // What no key has put there, as by a drop or an aid for input, may be left without a change.
    field.addEventListener("blur", () => typing && field.dispatchEvent(new Event("change")));
    // What stands in the field is committed first; both travel in one message.
    const enter = (event) => {
      if (event.key !== "Enter") return;
      if (event.target === field) field.dispatchEvent(new Event("change"));
      model.set("entered", model.get("entered") + 1);
      model.save_changes();
    };
    for (const control of [range, field]) control.addEventListener("keydown", enter);
    field.addEventListener("keydown", (event) => {
      // In a field these would move the page.
      if (["PageUp", "PageDown"].includes(event.key)) event.preventDefault();
      if (event.key !== "Escape") return;
      typing = false;
      paint();
    });
    const numbers = "change:value change:min change:max change:step change:typed";
    const words = "change:description change:hint change:bounds change:refusal";
    model.on(numbers, paint);
    model.on(words, say);
    paint();
    say();
    return () => {
      model.off(numbers, paint);
      model.off(words, say);
    };
  },
};
