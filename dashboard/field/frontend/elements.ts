// Builds elements; text is always text, whoever wrote it.
type Child = Node | string | null | undefined | Child[];
type Attributes = Record<string, string | number | boolean | ((event: Event) => void) | null | undefined>;

export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...flat(children));
  return element;
}

function flat(children: Child[]): (Node | string)[] {
  return children
    .flatMap((child) => (Array.isArray(child) ? flat(child) : [child]))
    .filter((child): child is Node | string => child !== null && child !== undefined);
}

export function find(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`there is no #${id}`);
  return found;
}
