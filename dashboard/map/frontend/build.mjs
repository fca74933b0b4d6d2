// Bundles the map into dashboard/assets/map/ and the page of a pass into dashboard/assets/field/, with everything that
// they need and no address outside.
import { copyFile, mkdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../../..");
const out = join(root, "dashboard/assets/map");
const field = { from: join(root, "dashboard/field/frontend"), to: join(root, "dashboard/assets/field") };
const modules = join(root, "node_modules");

const shared = { bundle: true, minify: true, target: "es2022", legalComments: "linked", logLevel: "warning" };
// The worker is a file of its own, so that `worker-src 'self'` is enough.
const worker = join(modules, "maplibre-gl/dist/maplibre-gl-worker.mjs");
const copies = {
  "maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
  "offline/leaflet.js": "leaflet/dist/leaflet.js",
  "offline/leaflet.css": "leaflet/dist/leaflet.css",
  "LICENSE.maplibre-gl.txt": "maplibre-gl/LICENSE.txt",
  "LICENSE.leaflet.txt": "leaflet/LICENSE",
  "LICENSE.noto-sans.txt": "@fontsource/noto-sans/LICENSE",
};
for (const weight of ["400", "500", "600"]) {
  for (const script of ["latin", "latin-ext"]) {
    const name = `noto-sans-${script}-${weight}-normal.woff2`;
    copies[`fonts/${name}`] = `@fontsource/noto-sans/files/${name}`;
  }
}

await rm(out, { recursive: true, force: true });
await rm(field.to, { recursive: true, force: true });
await mkdir(join(out, "fonts"), { recursive: true });
await mkdir(join(out, "offline"), { recursive: true });
await Promise.all([
  build({
    ...shared,
    entryPoints: { "problembild-map": join(here, "main.ts") },
    format: "iife",
    outdir: out,
  }),
  build({ ...shared, entryPoints: { "maplibre-worker": worker }, format: "iife", outdir: out }),
  build({
    ...shared,
    entryPoints: { "problembild-map": join(here, "map.css") },
    external: ["*.woff2"],
    outdir: out,
  }),
  build({
    ...shared,
    entryPoints: {
      pass: join(field.from, "main.ts"),
      worker: join(field.from, "worker.ts"),
    },
    format: "iife",
    outdir: field.to,
  }),
  build({
    ...shared,
    entryPoints: { pass: join(field.from, "pass.css") },
    external: ["*.woff2"],
    outdir: field.to,
  }),
  ...Object.entries(copies).map(([to, from]) => copyFile(join(modules, from), join(out, to))),
]);
