/* The book's service worker answers for this folder's pages, too, until JupyterLite has its own. But
   JupyterLite takes any worker that it finds for its own, or else ends all there are of this address,
   and the book with them could no longer be read without a connection. So it is shown only its own. */
"use strict";
(() => {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const folder = new URL(".", document.currentScript.src).href;
  const own = (address) => address.startsWith(folder);
  const { get } = Object.getOwnPropertyDescriptor(ServiceWorkerContainer.prototype, "controller");
  const all = workers.getRegistrations.bind(workers);
  Object.defineProperty(workers, "controller", {
    get() {
      const controller = get.call(workers);
      return controller && own(controller.scriptURL) ? controller : null;
    },
  });
  workers.getRegistrations = async () => (await all()).filter(({ scope }) => own(scope));
})();
