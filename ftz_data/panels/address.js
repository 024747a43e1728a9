// The address of the page: read when it opens, and kept at what is on screen.
export default {
  render({ model }) {
    // JupyterLab rewrites its address while it opens; the browser remembers the first one.
    const opened = new URL(performance.getEntriesByType("navigation")[0].name);
    if (!model.get("asked")) {
      opened.searchParams.delete("token");
      model.set("asked", opened.search || "?");
      model.save_changes();
    }
    // JupyterLab's own address names the open file, and stays its own.
    if (!document.body.dataset.voila) return;
    let waiting;
    const write = () => {
      const state = new URLSearchParams(model.get("state"));
      const address = new URL(location);
      for (const name of [...address.searchParams.keys()])
        if (name === "lang" || name.includes(".")) address.searchParams.delete(name);
      for (const [name, value] of state) address.searchParams.append(name, value);
      try {
        history.replaceState(null, "", address);
      } catch {
        // Browsers limit how often an address may change: the last state wins in the end.
        waiting = setTimeout(write, 5000);
      }
    };
    const follow = () => {
      // The language first: whatever becomes of the address, the page must show its prose.
      document.documentElement.lang = new URLSearchParams(model.get("state")).get("lang");
      clearTimeout(waiting);
      waiting = setTimeout(write, 300);
    };
    model.on("change:state", follow);
    return () => {
      clearTimeout(waiting);
      model.off("change:state", follow);
    };
  },
};
