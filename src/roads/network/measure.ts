/** Reads the measures people write on road signs, and in OpenStreetMap's tags. */

const MILES_IN_A_KILOMETRE = 0.621_371

/** A speed limit in miles an hour: `30 mph`, `50` (km/h, as OpenStreetMap has it), or nothing that can be read. */
export function readMph(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(mph|km\/h|kmh|kph)?$/i.exec(text?.trim() ?? '')
  if (!match) return undefined
  const value = Number(match[1])
  if (!(value > 0)) return undefined
  return match[2]?.toLowerCase() === 'mph' ? value : value * MILES_IN_A_KILOMETRE
}

/** Metres: `2.1`, `2.1 m`, `6'6"`, `7 ft`. */
export function readMetres(text: string | undefined): number | undefined {
  const feet = /^(\d+)'\s*(?:(\d+)")?$/.exec(text?.trim() ?? '')
  if (feet) return Number(feet[1]) * 0.3048 + Number(feet[2] ?? 0) * 0.0254
  const match = /^(\d+(?:\.\d+)?)\s*(m|ft)?$/i.exec(text?.trim() ?? '')
  if (!match) return undefined
  return Number(match[1]) * (match[2]?.toLowerCase() === 'ft' ? 0.3048 : 1)
}

/** Tonnes: `7.5`, `7.5 t`, `3500 kg`. */
export function readTonnes(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(t|kg)?$/i.exec(text?.trim() ?? '')
  if (!match) return undefined
  return Number(match[1]) / (match[2]?.toLowerCase() === 'kg' ? 1000 : 1)
}

/** Minutes a ferry takes: `20`, `0:20`, `01:05`, `PT20M`. */
export function readMinutes(text: string | undefined): number | undefined {
  const match = /^(?:PT)?(?:(\d+)[:H])?(\d+)M?$/i.exec(text?.trim() ?? '')
  return match ? Number(match[1] ?? 0) * 60 + Number(match[2]) : undefined
}
