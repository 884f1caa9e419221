/** Where people walk: roads and paths on which a child may go on foot, and where steps are. */
import type { OsmTags } from '../osm/block.ts'
import { saidOf } from './access.ts'

// Public rights of way: a footpath, bridleway or byway may be walked whatever else its tags leave unsaid.
const RIGHT_OF_WAY = /^(public_footpath|public_bridleway|byway|restricted_byway|public_byway)/
const WALKED = new Set([
  'trunk',
  'trunk_link',
  'primary',
  'primary_link',
  'secondary',
  'secondary_link',
  'tertiary',
  'tertiary_link',
  'unclassified',
  'road',
  'residential',
  'living_street',
  'service',
  'track',
  'footway',
  'pedestrian',
  'path',
  'bridleway',
  'cycleway',
  'steps',
])
const FOOT_KEYS = ['access', 'foot']
const NOT_FOR_WALKERS = new Set(['no', 'private', 'agricultural', 'forestry', 'military', 'emergency'])

/** Whether people may walk along a way. Never along a motorway, whatever its tags say. */
export function mayWalk(tags: OsmTags): boolean {
  const highway = tags.get('highway') ?? ''
  if (!WALKED.has(highway)) return false
  if (tags.get('motorroad') === 'yes') return false
  if (RIGHT_OF_WAY.test(tags.get('designation') ?? '')) return true
  // A private road is nobody's walking route to school, even where it would be shorter.
  return !NOT_FOR_WALKERS.has(tags.get('foot') ?? tags.get('access') ?? 'yes')
}

/** Whether a barrier stops people on foot: only one that says so. */
export const stopsWalkers = (tags: OsmTags): boolean =>
  tags.has('barrier') &&
  (saidOf(FOOT_KEYS, tags) === 'closed' ||
    (tags.get('locked') === 'yes' && saidOf(['foot'], tags) === undefined))

export const hasSteps = (tags: OsmTags): boolean => tags.get('highway') === 'steps'
