-- All records of drover.placements before this offset are of decisions that this database has. A database that is restored from a backup
-- has the offset of that time, from which the scheduler reads what it has forgotten.
create table placement_position (
  partition   integer primary key,
  next_offset bigint not null
);
-- A database of before knows all that was placed, also what was deleted and forgotten since: it begins at the end of the topic.
insert into placement_position (partition, next_offset) select -1, 0 where exists (select 1 from subject);
