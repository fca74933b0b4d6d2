// The telephone's place, asked for when an entry is begun; nobody is followed in between.
export interface Fix {
  lon: number;
  lat: number;
  metres: number;
}

const WAIT_MS = 12_000;
const AGE_MS = 30_000;
const EARTH_M = 6_371_000;

/** Returns the telephone's place, or null where it has none or tells none. */
export function position(): Promise<Fix | null> {
  if (!window.isSecureContext || !("geolocation" in navigator)) return Promise.resolve(null);
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, metres: Math.round(coords.accuracy) }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: AGE_MS },
    );
  });
}

/** Metres between two points in degrees. */
export function metres(one: { lon: number; lat: number }, other: { lon: number; lat: number }): number {
  const radians = Math.PI / 180;
  const east = (other.lon - one.lon) * radians * Math.cos(((one.lat + other.lat) / 2) * radians);
  return EARTH_M * Math.hypot(east, (other.lat - one.lat) * radians);
}
