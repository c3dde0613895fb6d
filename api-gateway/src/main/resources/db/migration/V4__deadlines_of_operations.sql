-- Every operation has a deadline; those of before get what the longest had.
update operations set deadline = created_at + interval '1 hour' where deadline is null;
alter table operations alter column deadline set not null;
create index operations_overdue on operations (deadline) where state = 'RUNNING';
create index operations_ended on operations (finished_at) where finished_at is not null;
create index operations_of_subject on operations (subject, created_at desc, id desc);
