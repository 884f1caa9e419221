/**
 * What is asked of each node of a run again and again, side by side: a walk along the run meets one line of the
 * processor's memory a node (64 bytes) where ten arrays would be ten. The first four, whole numbers, fill the room of
 * two figures: node u's are `links[LINKS · u + NEXT]`…, then `figures[FIGURES · u + EARLY]`…
 */
export const LINKS = 16
export const FIGURES = 8

export const NEXT = 0
/** Where it is: a place, or NOWHERE. */
export const PLACE = 1
/** How many people are aboard on the way on, and how many more those aboard would put up with. */
export const PEOPLE = 2
export const WELCOME = 3

/** The earliest and latest its service can start, every rule of time kept, and when it can be left at the earliest. */
export const EARLY = 2
export const LATE = 3
export const LEAVES = 4
/** Driving time to the next, and what it costs. */
export const LEG_TIME = 5
export const LEG_COST = 6
/** What the most hurried person aboard on the way on can lose on the road, nobody ever waiting. */
export const RIDE_SLACK = 7
