// Small pictures drawn once per theme: the shape of each stream and the pattern of each agreement.
import type { Map as MapLibreMap } from "maplibre-gl";
import type { Agreement, Palette, ShapeName, Stream } from "./payload";

const RATIO = 2;
const BADGE_PIXELS = 26;

/** Outline of a shape round the origin, as corner points; a circle has none. */
export const CORNERS: Record<Exclude<ShapeName, "circle">, [number, number][]> = {
  square: [[-5, -5], [5, -5], [5, 5], [-5, 5]],
  triangle: [[0, -6.5], [6.2, 4.6], [-6.2, 4.6]],
};
export const RADIUS = 5.6;

function canvas(size: number): CanvasRenderingContext2D {
  const element = document.createElement("canvas");
  element.width = element.height = size * RATIO;
  const context = element.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("no 2D canvas");
  context.scale(RATIO, RATIO);
  return context;
}

function picture(context: CanvasRenderingContext2D): ImageData {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
}

function mark(shape: ShapeName, colour: string, edge: string): ImageData {
  const size = 20;
  const context = canvas(size);
  context.translate(size / 2, size / 2);
  context.beginPath();
  if (shape === "circle") context.arc(0, 0, RADIUS, 0, 2 * Math.PI);
  else for (const [x, y] of CORNERS[shape]) context.lineTo(x, y);
  context.closePath();
  context.lineJoin = "round";
  context.strokeStyle = edge;
  context.lineWidth = 3.2;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
  return picture(context);
}

function pattern(kind: string, colour: string): ImageData {
  const size = kind === "dots" ? 9 : 13;
  const context = canvas(size);
  context.strokeStyle = context.fillStyle = colour;
  context.globalAlpha = kind === "crosshatch" ? 0.36 : 0.5;
  if (kind === "dots") {
    context.beginPath();
    context.arc(size / 2, size / 2, 1.35, 0, 2 * Math.PI);
    context.fill();
    return picture(context);
  }
  context.lineWidth = 1;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 1, size + 1);
    context.lineTo(shift + size + 1, -1);
    if (kind === "crosshatch") {
      context.moveTo(shift - 1, -1);
      context.lineTo(shift + size + 1, size + 1);
    }
  }
  context.stroke();
  return picture(context);
}

/** Put the pictures of one theme into the map, in place of those of the other. */
export function putImages(map: MapLibreMap, palette: Palette): void {
  const put = (name: string, image: ImageData): void => {
    if (map.hasImage(name)) map.updateImage(name, image);
    else map.addImage(name, image, { pixelRatio: RATIO });
  };
  put("badge-space", new ImageData(BADGE_PIXELS * RATIO, BADGE_PIXELS * RATIO));
  for (const stream of Object.keys(palette.streams) as Stream[]) {
    const { shape, colour } = palette.streams[stream];
    put(`mark-${stream}`, mark(shape, colour, palette.ground.label_halo));
  }
  for (const agreement of Object.keys(palette.agreement) as Agreement[]) {
    const fill = palette.agreement[agreement];
    if (fill.pattern !== "none") put(`pattern-${agreement}`, pattern(fill.pattern, fill.colour));
  }
}
