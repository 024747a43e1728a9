// A question, its answer and a picture, or a table; the old ones stay until the new are decoded.
export default {
  render({ model, el }) {
    const question = document.createElement("h4");
    const reading = document.createElement("p");
    // Said by a screen reader when it changes, once the hand rests.
    reading.setAttribute("aria-live", "polite");
    const image = document.createElement("img");
    image.style.maxWidth = "100%";
    const table = document.createElement("div");
    el.append(question, reading, image, table);
    const phone = matchMedia("(max-width: 700px)");
    const measure = () => {
      if (model.get("narrow") === phone.matches) return;
      model.set("narrow", phone.matches);
      model.save_changes();
    };
    // The briefing watches its connection itself; elsewhere each picture says where it is alone. A
    // kernel that was started anew knows nothing of it.
    const alone = document.createElement("p");
    alone.setAttribute("role", "alert");
    alone.hidden = true;
    el.prepend(alone);
    const kernel = document.body.dataset.voila ? null : model.widget_manager?.kernel;
    let ended = false;
    let unanswered = false;
    const watch = () => {
      ended ||= !["idle", "busy", "unknown", "starting"].includes(kernel.status);
      const lost = unanswered || kernel.connectionStatus !== "connected";
      const key = ended ? "gone" : lost ? "lost" : "";
      alone.textContent = key && model.get("alone")[key];
      alone.hidden = !key;
    };
    // A server that hangs keeps its connections. A kernel that is idle says at once that it is busy
    // with what it is sent; one that is busy may be silent for as long as it computes.
    let waiting = null;
    const listen = (_, { direction }) => {
      if (direction === "recv") {
        clearTimeout(waiting);
        waiting = null;
        if (!unanswered) return;
        unanswered = false;
        watch();
      } else if (kernel.status === "idle") {
        waiting ??= setTimeout(() => {
          unanswered = true;
          watch();
        }, 10_000);
      }
    };
    kernel?.anyMessage.connect(listen);
    kernel?.statusChanged.connect(watch);
    kernel?.connectionStatusChanged.connect(watch);
    let newest = 0;
    // JupyterLab would else take arrows and letters, some of which delete a cell.
    const adopt = (control) => {
      control.dataset.lmSuppressShortcuts = "";
    };
    let panel = null;
    const adoptAll = () => panel?.querySelectorAll("select, button").forEach(adopt);
    // Controls come to the page one by one, some after the picture.
    const arriving = new MutationObserver(adoptAll);
    const find = () => {
      panel = el.closest(".ftz-beside");
      if (panel === null) return void requestAnimationFrame(find);
      arriving.observe(panel, { childList: true, subtree: true });
      adoptAll();
    };
    const words = () => {
      question.textContent = model.get("question");
      if (reading.textContent !== model.get("reading")) reading.textContent = model.get("reading");
      question.hidden = !model.get("question");
      reading.hidden = !model.get("reading");
      // Made by the kernel, which escapes what comes from tables.
      table.innerHTML = model.get("markup");
      adoptAll();
      if (!model.get("shown")) {
        model.set("shown", true);
        model.save_changes();
      }
    };
    const show = async () => {
      const turn = ++newest;
      const bytes = model.get("png");
      image.hidden = bytes.byteLength === 0;
      if (image.hidden) {
        image.alt = model.get("alt");
        words();
        return;
      }
      const next = new Image();
      const url = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
      next.src = url;
      const alt = model.get("alt");
      await next.decode();
      if (turn !== newest) {
        URL.revokeObjectURL(url);
        return;
      }
      const old = image.src;
      image.src = url;
      image.alt = alt;
      if (old) URL.revokeObjectURL(old);
      words();
    };
    // Other words may go with the same picture, so each drawing is counted.
    model.on("change:turn", show);
    phone.addEventListener("change", measure);
    measure();
    show();
    find();
    return () => {
      clearTimeout(waiting);
      kernel?.anyMessage.disconnect(listen);
      kernel?.statusChanged.disconnect(watch);
      kernel?.connectionStatusChanged.disconnect(watch);
      arriving.disconnect();
      phone.removeEventListener("change", measure);
      model.off("change:turn", show);
      URL.revokeObjectURL(image.src);
    };
  },
};
