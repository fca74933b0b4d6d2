// What lies in the telephone: entries that wait, until they are sent; and the day, until it is over.
// They are two databases, so that signing out can take the day away and leave what is not sent yet.
import type { KeptDay, Waiting } from "./entry";

const QUEUE = { name: "problembild-pass", store: "waiting" };
export const DAY = { name: "problembild-pass-day", store: "day" };
type Home = typeof QUEUE;

const opened = new Map<string, Promise<IDBDatabase>>();

function open({ name, store }: Home): Promise<IDBDatabase> {
  const known = opened.get(name);
  if (known) return known;
  const wanted = new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => {
      // Another page may take the day away: it must not wait for this one to close.
      request.result.onversionchange = () => {
        request.result.close();
        opened.delete(name);
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opened.set(name, wanted);
  wanted.catch(() => opened.delete(name));
  return wanted;
}

/** Does something in one transaction; it is over when what was written lies on the disk. */
async function within<T>(
  home: Home,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open(home);
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(home.store, mode, { durability: "strict" });
    const request = act(transaction.objectStore(home.store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}

export async function keep(waiting: Waiting): Promise<void> {
  await within(QUEUE, "readwrite", (store) => store.put(waiting, waiting.entry.entry_key));
}

/** Changes an entry where it still waits: another tab may have sent it meanwhile. */
export async function change(waiting: Waiting): Promise<void> {
  const still = await within(QUEUE, "readonly", (store) => store.getKey(waiting.entry.entry_key));
  if (still !== undefined) await keep(waiting);
}

export async function remove(key: string): Promise<void> {
  await within(QUEUE, "readwrite", (store) => store.delete(key));
}

/** All that waits, the oldest first. */
export async function all(): Promise<Waiting[]> {
  const found = await within<Waiting[]>(QUEUE, "readonly", (store) => store.getAll());
  return found.sort((one, other) => one.written - other.written);
}

export async function keepDay(day: KeptDay): Promise<void> {
  await within(DAY, "readwrite", (store) => store.put(day, "day"));
}

export async function keptDay(): Promise<KeptDay | undefined> {
  return within<KeptDay | undefined>(DAY, "readonly", (store) => store.get("day"));
}

export async function forgetDay(): Promise<void> {
  await within(DAY, "readwrite", (store) => store.clear());
}
