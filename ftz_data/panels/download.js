// Buttons that ask for a file; the bytes come in a message and go to the reader's disk alone.
export default {
  render({ model, el }) {
    el.setAttribute("role", "group");
    const label = document.createElement("span");
    const said = document.createElement("p");
    said.setAttribute("role", "alert");
    const buttons = document.createElement("span");
    el.append(label, " ", buttons, said);
    const say = () => {
      label.textContent = model.get("description");
      el.ariaLabel = model.get("description");
      said.textContent = model.get("said");
      said.hidden = !model.get("said");
      const formats = model.get("formats");
      if (buttons.textContent === formats.join("")) return;
      buttons.replaceChildren(
        ...formats.map((format) => {
          const button = document.createElement("button");
          button.type = "button";
          button.className = "jupyter-button ftz-download";
          button.textContent = format;
          button.addEventListener("click", () => model.send({ format }));
          return button;
        }),
      );
    };
    const keep = ({ name }, [bytes]) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes]));
      link.download = name;
      link.click();
      // The browser has begun to read by then.
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    };
    model.on("change:description change:formats change:said", say);
    model.on("msg:custom", keep);
    say();
    return () => {
      model.off("change:description change:formats change:said", say);
      model.off("msg:custom", keep);
    };
  },
};
