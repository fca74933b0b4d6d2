// Files to the inbox: each is sent by itself, and another is never replaced without a second word.
// The route is in dashboard/uploads.py, the field in dashboard/components/inbox.py.
(() => {
  const list = () => document.getElementById("upload-list");

  function line(name) {
    const row = document.createElement("li");
    row.textContent = `${name}: ${list().dataset.sending}`;
    list().append(row);
    return row;
  }

  async function send(file, to, row, replace) {
    const query = new URLSearchParams(to.split("?")[1]);
    query.set("namn", file.name);
    if (replace) query.set("ersatt", "1");
    let told = null;
    try {
      const answer = await fetch(`${to.split("?")[0]}?${query}`, {
        method: "POST",
        body: file,
        headers: { "Content-Type": "application/octet-stream" },
      });
      told = await answer.json();
    } catch {
      told = null; // the server is gone, or answered something else
    }
    row.textContent = told?.sentence ?? `${file.name}: ${list()?.dataset.failed ?? ""}`;
    row.classList.toggle("bad", told?.code !== "received");
    if (told?.code === "upload_taken") {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "link";
      button.textContent = list().dataset.replace;
      button.addEventListener("click", () => send(file, to, row, true));
      row.append(" ", button);
    }
    window.dash_clientside.set_props("uploaded", { data: Date.now() });
  }

  // A file that no source reads: it is looked at, and what was decided is sent back with it.
  const ask = (asked) => window.dash_clientside.set_props("proposal-asked", { data: { ...asked, at: Date.now() } });

  document.addEventListener("click", (event) => {
    const look = event.target.closest("[data-propose]");
    if (look) {
      look.setAttribute("aria-busy", "true");
      ask({ file: look.dataset.propose });
    }
    if (event.target.closest("[data-close-proposal], #import-start")) ask({ file: "" });
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.proposal");
    if (!form) return;
    const settings = Object.fromEntries(new FormData(form));
    form.setAttribute("aria-busy", "true");
    ask({ file: form.dataset.file, settings });
  });

  document.addEventListener("change", (event) => {
    if (event.target.id !== "upload") return;
    list().replaceChildren();
    for (const file of event.target.files) send(file, event.target.dataset.to, line(file.name), false);
    event.target.value = "";
  });
})();
