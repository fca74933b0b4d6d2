// A log brought from a file: what is chosen is sent to be looked at; kept when the button below the account is pressed.
// The markup is made in dashboard/components/log_import.py, the answers are given in dashboard/pages/log_import.py.
(() => {
  const PATIENCE_MS = 60_000;
  let held = null; // what was looked at is what is kept
  let waiting = 0;

  function send(what) {
    const asked = document.querySelector(".log-file-asked");
    const said = document.getElementById("log-file-said");
    said.textContent = asked.dataset.reading;
    const at = Date.now();
    waiting = at;
    window.setTimeout(() => {
      if (waiting === at) said.textContent = asked.dataset.failed;
    }, PATIENCE_MS);
    window.dash_clientside.set_props("log-file-sent", { data: { ...held, do: what, at } });
  }

  async function chosen(input) {
    const [file] = input.files;
    const asked = input.closest(".log-file-asked");
    const said = document.getElementById("log-file-said");
    if (file === undefined) return;
    if (file.size > Number(asked.dataset.most)) {
      said.textContent = asked.dataset.large;
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    held = { name: file.name, content: window.btoa(text) };
    input.value = ""; // the same file again, mended, is a new choice
    send("look");
  }

  document.addEventListener("change", (event) => {
    if (event.target.id === "log-file-input") chosen(event.target);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-log-keep]");
    if (button === null || held === null) return;
    button.disabled = true;
    send("keep");
  });

  // The account stands where it is put: what was said of waiting goes, and it is brought into sight.
  new MutationObserver(() => {
    const account = document.querySelector(".log-file [role=status]:not(#log-file-said), .log-file .fault");
    if (account === null || account.dataset.seen || !waiting) return;
    account.dataset.seen = "1";
    waiting = 0;
    document.getElementById("log-file-said").textContent = "";
    account.scrollIntoView({ block: "nearest" });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
