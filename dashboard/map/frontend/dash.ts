// What goes back to the page: stores that Dash callbacks listen to.
import type { Chosen } from "./payload";

declare global {
  interface Window {
    dash_clientside?: { set_props?: (id: string, props: Record<string, unknown>) => void };
  }
}

function store(id: string, data: unknown): void {
  window.dash_clientside?.set_props?.(id, { data });
}

export function tellClick(chosen: Chosen): void {
  store("map-click", { ...chosen, at: Date.now() });
}

export function tellPainted(ms: number): void {
  store("map-painted", { ms, at: Date.now() });
}
