-- The phase that a volume has again when its deletion fails; null unless its deletion was asked for.
alter table volumes add column restored_phase text;
update volumes v set restored_phase = v.phase, phase = 'DELETING'
  where v.attached_to is null and exists (
    select 1 from operations o where o.subject = v.id and o.kind = 'DELETE_VOLUME' and o.state = 'RUNNING');
