// What a record says when it is clicked: text nodes only, so nothing in it can become markup.
import { RADIUS, CORNERS } from "./images";
import type { ObservationProperties, Payload, Stream } from "./payload";
import { say } from "./payload";

const SVG = "http://www.w3.org/2000/svg";
const AT_MOST = 4;

/** The mark of a stream as SVG, for the card and the drawn map. */
export function markElement(payload: Payload, stream: Stream): SVGElement {
  const { shape, colour } = payload.palette.streams[stream];
  const element = document.createElementNS(SVG, shape === "circle" ? "circle" : "polygon");
  if (shape === "circle") element.setAttribute("r", String(RADIUS));
  else element.setAttribute("points", CORNERS[shape].map((corner) => corner.join(",")).join(" "));
  element.setAttribute("fill", colour);
  return element;
}

function paragraph(name: string, text: string): HTMLElement {
  const element = document.createElement("p");
  element.className = name;
  element.textContent = text;
  return element;
}

export function recordCard(payload: Payload, records: ObservationProperties[]): HTMLElement {
  const card = document.createElement("div");
  card.className = "map-card";
  for (const record of records.slice(0, AT_MOST)) {
    const item = document.createElement("section");
    const stream = paragraph("map-card-stream", say(payload, `stream.${record.stream}`));
    const icon = document.createElementNS(SVG, "svg");
    icon.setAttribute("viewBox", "-8 -8 16 16");
    icon.setAttribute("aria-hidden", "true");
    icon.append(markElement(payload, record.stream));
    stream.prepend(icon);
    item.append(stream, paragraph("map-card-title", record.title), paragraph("map-card-when", record.when));
    card.append(item);
  }
  if (records.length > AT_MOST) {
    card.append(paragraph("map-card-more", `${say(payload, "more")} ${records.length - AT_MOST}`));
  }
  return card;
}
