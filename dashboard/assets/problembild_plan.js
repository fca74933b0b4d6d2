// The plan: a button says what to do with a slot or with the whole plan; while it is worked out it says so itself.
// The markup is made in dashboard/components/plan.py, the answers are taken in pages/plan.py.
(() => {
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".plan-page [data-act]");
    if (button === null || button.disabled) return;
    const { act, slot, revision, busy, sure } = button.dataset;
    if (sure && !window.confirm(sure)) return;
    const first = document.getElementById("plan-first")?.value ?? null;
    if (busy) {
      for (const other of document.querySelectorAll(".plan-page [data-act]")) other.disabled = true;
      button.textContent = busy;
      button.setAttribute("aria-busy", "true");
      for (const told of document.querySelectorAll(".plan-page [data-working]")) told.textContent = told.dataset.working;
    }
    window.dash_clientside.set_props("planning-act", {
      data: { act, slot: slot ?? null, revision: revision ?? null, first, at: Date.now() },
    });
  });
})();
