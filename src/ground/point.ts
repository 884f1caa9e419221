/** A point on the earth, in degrees: north and east are positive. */
export type Point = { latitude: number; longitude: number }

/** A point as a map gives it, `51.2787, 0.5217`: latitude first. Nothing for text that is none, or lies off the globe. */
export function readPoint(text: string): Point | undefined {
  const [, north, east] = /^(-?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(text.trim()) ?? []
  if (north === undefined || east === undefined) return undefined
  const [latitude, longitude] = [Number(north), Number(east)]
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : undefined
}
