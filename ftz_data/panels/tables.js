// What a table of DataTables lacks: names for what can be pressed, and filters for any way of input.
export default {
  render({ model, el }) {
    let box;
    const name = (each, words) => {
      if (each && each.ariaLabel !== words) each.ariaLabel = words;
    };
    const say = () => {
      const words = model.get("words");
      for (const head of box.querySelectorAll("thead th")) {
        const filter = head.querySelector("input");
        if (!filter) continue;
        name(filter, words.filter.replace("{column}", filter.placeholder));
        const sort = head.querySelector("[role=button]");
        name(sort, words.sort.replace("{column}", filter.placeholder));
      }
      name(box.querySelector("nav"), words.pages);
      // What is wider than the page is scrolled by keyboard in every browser, and in each language.
      const body = box.querySelector(".dt-scroll-body");
      body?.setAttribute("role", "region");
      body?.setAttribute("tabindex", "0");
      name(body, words.table);
      // Two tables on a page give their fields one id, so that one of them loses its label.
      name(box.querySelector("[type=search]"), words.search);
      name(box.querySelector(".dt-length select"), words.length);
    };
    // DataTables listens to keys, but a paste by mouse and input methods press none.
    const filter = ({ target }) => {
      if (target.matches("thead input"))
        target.dispatchEvent(new Event("change", { bubbles: true }));
    };
    // DataTables names its buttons anew at each drawing.
    const watcher = new MutationObserver(say);
    const begin = () => {
      box = el.closest(".ftz-table");
      // It is rendered before the page has the table beside it.
      if (!box) return requestAnimationFrame(begin);
      box.addEventListener("input", filter);
      watcher.observe(box, { childList: true, subtree: true, attributeFilter: ["aria-label"] });
      say();
    };
    begin();
    model.on("change:words", say);
    return () => {
      watcher.disconnect();
      box?.removeEventListener("input", filter);
      model.off("change:words", say);
    };
  },
};
