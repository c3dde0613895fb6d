-- Hosts hold tenants to their limits again, but not what an operator has defined. What was there before was checked by the gateway alone.
alter table domains add column operator_defined boolean not null default true;
alter table domains alter column operator_defined drop default;
