/**
 * What is asked of each node of a run again and again, side by side: a walk along the run meets one line of the
 * processor's memory a node (64 bytes) where eight arrays would be eight. Node u's are `figures[FIGURES · u + NEXT]`…
 */
export const FIGURES = 8

export const NEXT = 0
/** Where it is: a place, or NOWHERE. */
export const PLACE = 1
/** The earliest and latest its service can start, every rule of time kept, and when it can be left at the earliest. */
export const EARLY = 2
export const LATE = 3
export const LEAVES = 4
/** Driving time to the next, and what it costs. */
export const LEG_TIME = 5
export const LEG_COST = 6
/** What the most hurried person aboard on the way on can lose on the road, nobody ever waiting. */
export const RIDE_SLACK = 7
