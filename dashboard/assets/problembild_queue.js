// The queue of places: a number key answers, a point on the map is confirmed, and nothing needs a mouse; and the
// pairs of duplicates. The markup is made in dashboard/components/{queue,links}.py, the answers are taken in pages/.
(() => {
  const card = () => document.getElementById("queue-card");
  let point = null;

  function send(more) {
    point = null;
    const key = card()?.dataset.key ?? "";
    window.dash_clientside.set_props("settled", { data: { key, ...more, at: Date.now() } });
  }

  function press(button) {
    if (button.dataset.answer) send({ choice: button.dataset.answer });
    else if (button.dataset.nowhere) send({ nowhere: true });
    else if (button.dataset.skip) send({ skip: true });
    else if (button.dataset.ask) send({ ask: true, key: button.dataset.ask });
    else if (button.dataset.withdraw) send({ withdraw: true, key: button.dataset.withdraw });
    else if (button.id === "use-point" && point) send(point);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".queue-page button, .links-page [data-record]");
    if (button?.dataset.record) {
      const { record, linked, restore } = button.dataset;
      window.dash_clientside.set_props("parted", { data: { record, linked, restore: restore !== undefined, at: Date.now() } });
    } else if (button) press(button);
  });

  document.addEventListener("keydown", (event) => {
    if (card() === null || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, select, textarea")) return;
    const button = card().querySelector(`[data-number="${CSS.escape(event.key)}"]`);
    if (button) press(button);
    else if (event.key === "n") send({ skip: true });
  });

  document.addEventListener("picked", (event) => {
    const button = document.getElementById("use-point");
    if (button === null) return;
    point = event.detail;
    button.hidden = false;
    button.focus();
  });
})();
