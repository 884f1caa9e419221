/**
 * Draws every map of a page, in the browser, from this server alone. What it shows is in `data-map` of its element; the
 * table beside it says the same, so an element is taken away again where no map can be drawn.
 */
export async function drawMaps(at) {
  const holders = [...document.querySelectorAll('[data-map]')]
  const [maplibre, { Protocol }] = await Promise.all([import(at.maplibre), import(at.pmtiles)])
  maplibre.setWorkerUrl(at.worker)
  maplibre.addProtocol('pmtiles', new Protocol({ metadata: true }).tile)
  for (const holder of holders) drawMap(maplibre, holder)
}

function drawMap(maplibre, holder) {
  const { source, points, lines, choose, closest } = JSON.parse(holder.dataset.map)
  const fitting = { padding: 40, maxZoom: closest }
  const frame = holder.closest('.fb-map')
  frame.hidden = false
  const bounds = new maplibre.LngLatBounds()
  for (const { at } of points) bounds.extend(at)
  for (const { along, beside } of lines) if (!beside) for (const corner of along) bounds.extend(corner)
  try {
    const map = new maplibre.Map({
      container: holder,
      style: styleOf(new URL(source, location.href).href, lines, coloursOf(holder)),
      bounds,
      fitBoundsOptions: fitting,
      maxZoom: 18,
      attributionControl: { compact: false },
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      // A printed page shows what was drawn last.
      canvasContextAttributes: { preserveDrawingBuffer: true },
    })
    map.addControl(new maplibre.NavigationControl({ showCompass: false }))
    map.addControl(new maplibre.ScaleControl({ unit: 'imperial' }))
    if (choose)
      map.on('click', ({ lngLat: { lat, lng } }) => {
        location.assign(`${choose}${lat.toFixed(6)},${lng.toFixed(6)}`)
      })
    for (const point of points) pinOf(maplibre, point).addTo(map)
    // Until somebody moves it, a map shows all it is about, at any width and on paper.
    let moved = false
    map.on('movestart', ({ originalEvent }) => {
      moved ||= originalEvent !== undefined
    })
    map.on('resize', () => {
      if (!moved) map.fitBounds(bounds, { ...fitting, animate: false })
    })
    map.once('idle', () => {
      holder.dataset.drawn = 'yes'
    })
  } catch (_noGraphics) {
    frame.hidden = true
    holder.dataset.drawn = 'no'
  }
}

function pinOf(maplibre, { at, kind, label, says }) {
  const element = document.createElement('span')
  element.className = `fb-pin fb-pin--${kind}`
  element.textContent = label
  element.title = says
  // The table says it; a list of pins in no place is no help to a screen reader.
  element.setAttribute('aria-hidden', 'true')
  return new maplibre.Marker({ element }).setLngLat(at)
}

/** The colours and typeface of the pages, as the browser has worked them out. */
function coloursOf(holder) {
  const style = getComputedStyle(holder)
  const colour = (name) => style.getPropertyValue(`--${name}`).trim()
  return {
    paper: colour('paper'),
    sheet: colour('sheet'),
    line: colour('line'),
    lineStrong: colour('line-strong'),
    text: colour('text'),
    quiet: colour('quiet'),
    brass: colour('brass'),
    stop: colour('stop'),
    brassWash: colour('brass-wash'),
    midnight: colour('midnight-soft'),
    own: colour('own'),
    water: colour('water'),
    typeface: style.fontFamily.split(',').map((name) => name.replaceAll('"', '').trim()),
  }
}

const wide = (far, near) => ['interpolate', ['exponential', 1.6], ['zoom'], 6, far, 12, far * 2, 18, near]
const roads = (id, classes, { casing, colour, width, dashes }) => {
  const layer = (suffix, paint) => ({
    id: `${id}${suffix}`,
    type: 'line',
    source: 'county',
    'source-layer': 'roads',
    filter: ['in', ['get', 'class'], ['literal', classes]],
    layout: { 'line-cap': dashes ? 'butt' : 'round', 'line-join': 'round' },
    paint: { ...paint, ...(dashes && { 'line-dasharray': dashes }) },
  })
  const [far, near] = width
  return [
    ...(casing ? [layer('-casing', { 'line-color': casing, 'line-width': wide(far + 0.8, near + 3) })] : []),
    layer('', { 'line-color': colour, 'line-width': wide(far, near) }),
  ]
}

function names(id, { from, filter, field, size, colours, along }) {
  return {
    id,
    type: 'symbol',
    source: 'county',
    'source-layer': from,
    filter,
    layout: {
      'text-field': field,
      // Without an address for glyphs, browsers draw them in this typeface of their own.
      'text-font': colours.typeface,
      'text-size': size,
      ...(along && { 'symbol-placement': 'line', 'symbol-spacing': 350 }),
    },
    paint: { 'text-color': colours.text, 'text-halo-color': colours.sheet, 'text-halo-width': 1.6 },
  }
}

function styleOf(source, lines, colours) {
  const c = colours
  const features = lines.map(({ along, kind }) => ({
    type: 'Feature',
    properties: { kind },
    geometry: { type: 'LineString', coordinates: along },
  }))
  return {
    version: 8,
    sources: {
      county: { type: 'vector', url: `pmtiles://${source}` },
      ours: { type: 'geojson', data: { type: 'FeatureCollection', features } },
    },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': c.paper } },
      ...waterAndBorders(c),
      ...roads('path', ['path'], { colour: c.lineStrong, width: [0.5, 3], dashes: [2, 2] }),
      ...roads('service', ['service'], { casing: c.line, colour: c.sheet, width: [0.5, 6] }),
      ...roads('minor', ['minor'], { casing: c.lineStrong, colour: c.sheet, width: [0.6, 12] }),
      ...roads('tertiary', ['tertiary'], { casing: c.lineStrong, colour: c.sheet, width: [0.9, 15] }),
      ...roads('secondary', ['secondary'], { casing: c.lineStrong, colour: c.brassWash, width: [1, 17] }),
      ...roads('primary', ['primary', 'trunk', 'motorway'], {
        casing: c.quiet,
        colour: c.brass,
        width: [1.2, 19],
      }),
      ...roads('ferry', ['ferry'], { colour: c.own, width: [0.8, 3], dashes: [3, 3] }),
      ...labels(c),
      ...ourLines(c),
    ],
  }
}

const waterAndBorders = (c) => [
  {
    id: 'lake',
    type: 'fill',
    source: 'county',
    'source-layer': 'water',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': c.water },
  },
  {
    id: 'river',
    type: 'line',
    source: 'county',
    'source-layer': 'water',
    filter: ['!=', ['geometry-type'], 'Polygon'],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': c.water, 'line-width': wide(1.2, 22) },
  },
  {
    id: 'border',
    type: 'line',
    source: 'county',
    'source-layer': 'boundaries',
    paint: { 'line-color': c.quiet, 'line-width': 1, 'line-dasharray': [4, 3] },
  },
]

function labels(c) {
  const isPlace = (...kinds) => ['in', ['get', 'class'], ['literal', kinds]]
  return [
    names('road-names', {
      from: 'roads',
      filter: ['has', 'name'],
      field: ['get', 'name'],
      size: 12,
      colours: c,
      along: true,
    }),
    names('road-numbers', {
      from: 'roads',
      filter: ['has', 'ref'],
      field: ['get', 'ref'],
      size: 11,
      colours: c,
      along: true,
    }),
    names('river-names', {
      from: 'water',
      filter: ['has', 'name'],
      field: ['get', 'name'],
      size: 12,
      colours: c,
      along: true,
    }),
    names('hamlets', {
      from: 'places',
      filter: isPlace('hamlet', 'suburb'),
      field: ['get', 'name'],
      size: 12,
      colours: c,
    }),
    names('villages', {
      from: 'places',
      filter: isPlace('village'),
      field: ['get', 'name'],
      size: 14,
      colours: c,
    }),
    names('towns', { from: 'places', filter: isPlace('town'), field: ['get', 'name'], size: 17, colours: c }),
    names('cities', {
      from: 'places',
      filter: isPlace('city'),
      field: ['get', 'name'],
      size: 21,
      colours: c,
    }),
  ]
}

/** What the page is about: a road that was worked out is a full line, an unsafe one a broken broad one, a guess is dashes. */
const ourLines = (c) => [
  {
    id: 'route',
    type: 'line',
    source: 'ours',
    filter: ['==', ['get', 'kind'], 'road'],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': c.midnight, 'line-width': 5 },
  },
  {
    id: 'unsafe',
    type: 'line',
    source: 'ours',
    filter: ['==', ['get', 'kind'], 'unsafe'],
    paint: { 'line-color': c.stop, 'line-width': 6, 'line-dasharray': [1.5, 0.5] },
  },
  {
    id: 'guess',
    type: 'line',
    source: 'ours',
    filter: ['==', ['get', 'kind'], 'straight'],
    paint: { 'line-color': c.midnight, 'line-width': 3, 'line-dasharray': [2, 2] },
  },
]
