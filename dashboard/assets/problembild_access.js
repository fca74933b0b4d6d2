// Where people sign in: what is sent from here says so, and who is signed out is led to where one signs in.
// The server's side is dashboard/access/guard.py. Dash adds the header to its own requests; this to all others.
(() => {
  const plain = window.fetch.bind(window);
  let leaving = false;

  function token() {
    return document.cookie.split("; ").find((one) => one.startsWith("_csrf_token="))?.split("=")[1];
  }

  window.fetch = async (resource, options = {}) => {
    const held = token();
    if (held && !(resource instanceof Request) && !["GET", "HEAD"].includes(options.method ?? "GET")) {
      const headers = new Headers(options.headers);
      headers.set("X-CSRFToken", held);
      options = { ...options, headers };
    }
    const answer = await plain(resource, options);
    if (answer.status === 401) {
      const here = window.location.pathname + window.location.search;
      if (!leaving) window.location.assign(`/logga-in?till=${encodeURIComponent(here)}`);
      leaving = true;
      return new Promise(() => {}); // the page is being left: nobody has to make anything of the answer
    }
    return answer;
  };
})();
