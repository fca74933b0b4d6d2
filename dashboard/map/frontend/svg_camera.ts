// Moves the drawn map: drag, wheel, two fingers, arrows, plus and minus; every move is a change of viewBox.
import { make } from "./svg_shapes";

const STEP = 1.6;
const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

export interface Frame {
  /** Middle of the view and plane units per pixel. */
  x: number;
  y: number;
  unit: number;
}

export class Camera {
  readonly svg = make("svg", { class: "map-drawn", tabindex: 0, role: "group" }) as SVGSVGElement;
  private frame: Frame = { x: 0, y: 0, unit: 1 };
  private readonly held = new Map<number, [number, number]>();
  private wandered = 0;

  constructor(
    private readonly container: HTMLElement,
    private readonly limits: { least: number; most: number },
    private readonly moved: (frame: Frame) => void,
  ) {
    container.append(this.svg);
    this.svg.addEventListener("keydown", (event) => this.key(event));
    this.svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.svg.addEventListener("pointerdown", (event) => this.down(event));
    this.svg.addEventListener("pointermove", (event) => this.drag(event));
    for (const name of ["pointerup", "pointercancel", "pointerleave"] as const) {
      this.svg.addEventListener(name, (event) => this.held.delete(event.pointerId));
    }
    // A drag that ends on a place does not open it.
    this.svg.addEventListener("click", (event) => { if (this.wandered > 6) event.stopPropagation(); }, true);
    new ResizeObserver(() => this.show(this.frame)).observe(container);
  }

  get size(): [width: number, height: number] {
    return [this.container.clientWidth || 1, this.container.clientHeight || 1];
  }

  show(frame: Frame): void {
    const unit = Math.min(this.limits.most, Math.max(this.limits.least, frame.unit));
    this.frame = { ...frame, unit };
    const [width, height] = this.size;
    const [left, top] = [frame.x - (width * unit) / 2, frame.y - (height * unit) / 2];
    this.svg.setAttribute("viewBox", `${left} ${top} ${width * unit} ${height * unit}`);
    this.moved(this.frame);
  }

  /** Show a box on the plane, with `padding` pixels round it; never nearer than `nearest` units a pixel. */
  fit([left, top, right, bottom]: [number, number, number, number], padding: number, nearest = 0): void {
    const unit = Math.max(this.unitFor([left, top, right, bottom], padding), nearest);
    this.show({ x: (left + right) / 2, y: (top + bottom) / 2, unit });
  }

  /** What a pixel is worth where a box just has room. */
  unitFor([left, top, right, bottom]: [number, number, number, number], padding: number): number {
    const [width, height] = this.size;
    return Math.max((right - left) / Math.max(1, width - 2 * padding), (bottom - top) / Math.max(1, height - 2 * padding));
  }

  nearer(): void {
    this.show({ ...this.frame, unit: this.frame.unit / STEP });
  }

  farther(): void {
    this.show({ ...this.frame, unit: this.frame.unit * STEP });
  }

  private pan(x: number, y: number): void {
    this.show({ ...this.frame, x: this.frame.x + x * this.frame.unit, y: this.frame.y + y * this.frame.unit });
  }

  /** Zoom by `factor` about a point in pixels from the corner. */
  private zoomAbout(factor: number, px: number, py: number): void {
    const [width, height] = this.size;
    const [dx, dy] = [px - width / 2, py - height / 2];
    const before = this.frame.unit;
    const unit = Math.min(this.limits.most, Math.max(this.limits.least, before * factor));
    this.show({ x: this.frame.x + dx * (before - unit), y: this.frame.y + dy * (before - unit), unit });
  }

  private key(event: KeyboardEvent): void {
    const arrow = ARROWS[event.key];
    if (arrow !== undefined) this.pan(arrow[0] * 80, arrow[1] * 80);
    else if (event.key === "+" || event.key === "=") this.nearer();
    else if (event.key === "-") this.farther();
    else return;
    event.preventDefault();
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const box = this.svg.getBoundingClientRect();
    this.zoomAbout(1.0016 ** event.deltaY, event.clientX - box.left, event.clientY - box.top);
  }

  private down(event: PointerEvent): void {
    if (this.held.size === 0) this.wandered = 0;
    this.held.set(event.pointerId, [event.clientX, event.clientY]);
  }

  private drag(event: PointerEvent): void {
    const last = this.held.get(event.pointerId);
    if (last === undefined) return;
    const now: [number, number] = [event.clientX, event.clientY];
    const other = [...this.held].find(([id]) => id !== event.pointerId)?.[1];
    this.held.set(event.pointerId, now);
    this.wandered += Math.hypot(now[0] - last[0], now[1] - last[1]);
    if (other === undefined) {
      this.pan(last[0] - now[0], last[1] - now[1]);
      return;
    }
    const box = this.svg.getBoundingClientRect();
    const apart = (point: [number, number]): number => Math.hypot(point[0] - other[0], point[1] - other[1]) || 1;
    this.zoomAbout(apart(last) / apart(now), (now[0] + other[0]) / 2 - box.left, (now[1] + other[1]) / 2 - box.top);
  }
}
