-- Whose walk leads along a way is asked before it is marked unsafe.
create index school_distance_ways on school_distance using gin (walk_ways);
