// Buttons for the languages: each named in its own, and the chosen one pressed.
export default {
  render({ model, el }) {
    el.classList.add("widget-toggle-buttons");
    el.setAttribute("role", "group");
    const buttons = Object.entries(model.get("names")).map(([lang, name]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.lang = lang;
      button.textContent = name;
      button.addEventListener("click", () => {
        model.set("value", lang);
        model.save_changes();
      });
      el.append(button);
      return button;
    });
    const say = () => {
      el.ariaLabel = model.get("description");
      for (const button of buttons) {
        const chosen = button.lang === model.get("value");
        button.className = `widget-toggle-button jupyter-button${chosen ? " mod-active" : ""}`;
        button.setAttribute("aria-pressed", String(chosen));
      }
    };
    model.on("change:value change:description", say);
    say();
    return () => model.off("change:value change:description", say);
  },
};
