// Keeps the page and its program in the telephone, so that it opens without coverage. It keeps no data: the
// page holds words alone, and what is fetched or sent passes by.
// The types of a worker and of a page can't stand in one program, so what is used of the worker's is named here.
interface Lasting extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Lasting {
  data: unknown;
}
interface Scope {
  location: Location;
  clients: { claim(): Promise<void>; matchAll(asked: { type: string }): Promise<{ url: string }[]> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", act: (event: Lasting) => void): void;
  addEventListener(name: "fetch", act: (event: Fetching) => void): void;
  addEventListener(name: "message", act: (event: Told) => void): void;
}
const worker = self as unknown as Scope;

const CACHE = "problembild-pass";
const PAGE = "/pass";
const KEPT = /^\/assets\/(field|early)\/|^\/assets\/map\/fonts\//;
const PATIENCE_MS = 4000;

worker.addEventListener("install", (event) => {
  event.waitUntil(worker.skipWaiting());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== worker.location.origin) return;
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(page(request));
  else if (KEPT.test(pathname)) event.respondWith(program(request));
});

// The page asks for itself again once it stands, so that it is kept from its first visit on.
worker.addEventListener("message", (event) => {
  if (event.data === "keep") event.waitUntil(keepAll());
});

/** The page as it is now; as it was kept, where nobody answers in time. */
async function page(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const fetched = fetch(request).then(async (answer) => {
    if (answer.ok && !answer.redirected) await cache.put(request, answer.clone());
    return answer;
  });
  const kept = (await cache.match(request)) ?? (await cache.match(PAGE, { ignoreSearch: true }));
  if (kept === undefined) return fetched;
  fetched.catch(() => undefined);
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(kept.clone()), PATIENCE_MS));
  return Promise.race([fetched.catch(() => kept.clone()), patience]);
}

/** Program and letters: each version has its own address, so what is kept holds. */
async function program(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  const fetched = async (): Promise<Response> => {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  };
  if (kept === undefined) return fetched();
  if (!new URL(request.url).search) fetched().catch(() => undefined);
  return kept;
}

async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  const [client] = await worker.clients.matchAll({ type: "window" });
  const address = client === undefined ? PAGE : new URL(client.url).pathname + new URL(client.url).search;
  const answer = await fetch(address, { credentials: "same-origin", redirect: "manual" });
  if (!answer.ok) return;
  const text = await answer.clone().text();
  await cache.put(address, answer);
  const wanted = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((found) => found[1] ?? "");
  const held = await cache.keys();
  // Only the version that the page asks for now stays.
  for (const one of held) {
    const { pathname, search } = new URL(one.url);
    if (pathname.startsWith("/assets/field/") && !wanted.includes(pathname + search)) await cache.delete(one);
  }
  await cache.addAll(wanted);
}

export {};
