// Runs in the page before everything else: stands in for the editor around the panel.
// Plain JavaScript: what a tool adds to compiled functions would be missing in the page.
(() => {
  const state = { sent: [], breaches: [] };
  document.addEventListener('securitypolicyviolation', (event) => {
    state.breaches.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
  });
  window.stand = () => state;
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => state.sent.push(message),
    getState: () => JSON.parse(sessionStorage.getItem('kept') ?? 'null') ?? undefined,
    setState: (kept) => sessionStorage.setItem('kept', JSON.stringify(kept)),
  });
})();
