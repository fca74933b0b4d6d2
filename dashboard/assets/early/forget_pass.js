// Where one signs in nobody is signed in: the day that a pass left on this telephone is taken away. What waits to
// be sent lies in another database and stays (dashboard/field/frontend/storage.ts).
(() => {
  if (window.location.pathname !== "/logga-in") return;
  try {
    window.indexedDB.deleteDatabase("problembild-pass-day");
  } catch {
    // storage may be closed by policy; then nothing was kept
  }
})();
