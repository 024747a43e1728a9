// A page shows its widgets when the kernel has told it of all of them.
//
// A view waits two seconds for its model, in steps, and does not look once more in the end. Where
// the models come just then, as on a busy machine, it says "model not found" for good. Voilà shows
// nothing before all plugins are active, so this one takes until the models are there.
//
// A widget of anywidget whose module takes more than two seconds, as on a busy page, drops whatever
// its kernel says from then on, without a word: its picture would no longer follow. Modules may
// take as long as the models.
{
  const PATIENCE = 60_000;
  const MODULE = 2_000;
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (wait) => timeout(wait === MODULE ? PATIENCE : wait);
  const restored = async (app) => {
    const manager = await app.widgetManagerPromise.promise;
    if (manager.restoredStatus) return;
    await new Promise((done) => manager.restored.connect(done));
  };
  const plugin = {
    id: "ftz-widgets-first:plugin",
    autoStart: true,
    activate: async (app) => {
      // What needs no kernel is shown all the same where it never answers, and the page says so.
      let late;
      const silent = new Promise((done) => {
        late = setTimeout(done, PATIENCE, true);
      });
      if (await Promise.race([restored(app), silent])) dispatchEvent(new CustomEvent("ftz-silent"));
      clearTimeout(late);
    },
  };
  // What a bundler would write: JupyterLab asks a container for its modules.
  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["ftz-widgets-first"] = {
    init: () => {},
    get: async () => () => ({ __esModule: true, default: plugin }),
  };
}
