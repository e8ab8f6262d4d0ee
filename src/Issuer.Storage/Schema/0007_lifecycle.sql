-- contract: a program that does not know revocations regenerates what was revoked
-- When the successor of a lineage's current certificate is due, and why it will follow (SuccessionCause); null: never.
alter table lineage add column regenerate_at bigint;
alter table lineage add column regenerate_cause bigint not null default 1;
-- Why the last try was refused; its current certificate then lives out its time.
alter table lineage add column regenerate_refusal text;
create index lineage_regenerate on lineage (regenerate_at) where is_open = 1 and regenerate_at is not null;
-- What is there already is spread over the first 50 of the last 60 days by its number.
update lineage set regenerate_at = (select c.expires_at from certificate c where c.slot = lineage.current_slot)
    - 5184000 + (id * 7919 % 50) * 86400
where is_open = 1 and current_slot is not null;

-- A certificate declared invalid. effective_at is later than decided_at by the grace of a correction; a suspension has
-- an end. An undone row stays as history: lists must be able to say why they shrank.
create table revocation (
    id {identity},
    slot bigint not null,
    reason bigint not null,
    decided_at bigint not null,
    decided_by text not null,
    effective_at bigint not null,
    suspended_until bigint,
    approval_id bigint,
    undone_at bigint,
    undone_by text,
    undone_reason text
);
create unique index revocation_slot on revocation (slot) where undone_at is null;
create index revocation_effective on revocation (effective_at);

-- A withdrawn record stands for no dose; why is in the revocation and the audit trail.
alter table record add column withdrawn bigint not null default 0;
