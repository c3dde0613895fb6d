-- Why the host cannot isolate guests that have network cards, as its last report says: empty when it can, null when it does not say it.
alter table host add column isolation_lack text;
