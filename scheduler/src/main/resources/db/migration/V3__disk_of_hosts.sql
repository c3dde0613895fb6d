-- Room for volumes as the last report says, and what the capacities of the host's volumes add up to; only the statements of volumes change the latter.
alter table host add column disk_bytes bigint not null default 0;
alter table host add column disk_free_bytes bigint not null default 0;
alter table host add column used_disk_bytes bigint not null default 0 check (used_disk_bytes >= 0);
update host h set used_disk_bytes = coalesce((select sum(v.size_bytes) from volume v where v.host_id = h.id), 0);
