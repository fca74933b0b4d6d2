// The door of the map: window.problembild.paint(id, payload), called by the page's clientside callback.
import { tellPainted } from "./dash";
import { GlMap } from "./gl_map";
import type { Payload, View } from "./payload";
import { SvgMap } from "./svg_map";
import { PickMap, type Picked, type PickPayload } from "./svg_pick";

const assets = new URL(".", (document.currentScript as HTMLScriptElement).src).href;

interface Shown {
  element: HTMLElement;
  stage: HTMLElement;
  view: View;
}

let current: Shown | undefined;
let turn = 0;

function wantsDrawn(): boolean {
  return new URLSearchParams(window.location.search).get("svg") === "1";
}

/** The map stands on a stage of its own: what the page put into the element stays the page's. */
function open(element: HTMLElement, payload: Payload): Shown {
  const stage = document.createElement("div");
  stage.className = "map-stage";
  element.append(stage);
  if (!wantsDrawn()) {
    try {
      return { element, stage, view: new GlMap(stage, payload, assets) };
    } catch (error) {
      // Virtual desktops often have no WebGL: there the drawn map is the map.
      console.info("The map is drawn without WebGL:", error instanceof Error ? error.message : error);
      stage.replaceChildren();
      stage.className = "map-stage";
    }
  }
  return { element, stage, view: new SvgMap(stage, payload) };
}

async function paint(id: string, payload: Payload | null): Promise<void> {
  const element = document.getElementById(id);
  if (element === null || payload === null) return;
  const started = performance.now();
  const mine = ++turn;
  if (current?.element !== element) {
    current?.view.remove();
    current = open(element, payload);
  }
  const { view, stage } = current;
  await view.paint(payload);
  if (mine !== turn) return;
  const ms = performance.now() - started;
  stage.dataset["painted"] = String(mine);
  tellPainted(ms);
}

let picking: { element: HTMLElement; map: PickMap } | undefined;

/** Let a person point in the element; it then sends an event `picked` with longitude and latitude. */
async function pick(id: string, payload: PickPayload | null): Promise<void> {
  const element = document.getElementById(id);
  if (element === null || payload === null) return;
  if (picking?.element !== element) {
    const stage = document.createElement("div");
    stage.className = "map-stage";
    element.append(stage);
    const tell = (detail: Picked): void => void element.dispatchEvent(new CustomEvent("picked", { detail, bubbles: true }));
    picking = { element, map: new PickMap(stage, payload, tell) };
  }
  await picking.map.paint(payload);
  element.dataset["painted"] = "1";
}

/** Put the pin of the map that is pointed in, or take it away. */
function pin(at: Picked | null): void {
  picking?.map.set(at);
}

/** Draw the corners of an area that is being pointed out. */
function trace(corners: [number, number][]): void {
  picking?.map.trace(corners);
}

declare global {
  interface Window {
    problembild: { paint: typeof paint; pick: typeof pick; pin: typeof pin; trace: typeof trace };
  }
}
window.problembild = { paint, pick, pin, trace };
