-- Starts and volumes that cannot be decided yet: for the former claim, or for late reports of hosts.
alter table waiting_start rename to waiting_placement;
alter table waiting_placement add column type text not null default 'io.drover.command.place-domain.v1';
alter table waiting_placement alter column type drop default;
alter table waiting_placement add column awaits text not null default 'FORMER_CLAIM';
alter table waiting_placement alter column awaits drop default;
