-- contract: a program that does not know merged_by certifies a person who was merged once more
-- What takes two people. The set is stored with the request: nothing drifts between request and yes.
create table approval (
    id {id},
    act text not null,
    command text not null,
    materialised text not null,
    digest {blob} not null,
    requested_by text not null,
    requested_at bigint not null,
    expires_at bigint not null,
    state bigint not null,
    decided_by text,
    decided_at bigint
);
create unique index approval_requested on approval (digest) where state = 0;

-- Caps that two people raised; policy holds for every other facility.
create table exempt_cap (
    facility text primary key,
    cap bigint not null
);
create index record_exempt on record (facility) where state = 6;
create index record_held on record (id) where held <> 0;

-- merged_by: the approval under which this subject was merged into another. look_key: equal for look-alikes.
alter table subject add column merged_by bigint;
alter table subject add column look_key text;
create index subject_look on subject (look_key) where merged_by is null;

-- Its next certificate follows because two subjects were merged.
alter table lineage add column merged bigint not null default 0;

-- A person's word that one record repeats another; void when either is corrected.
create table duplicate_mark (
    record_id bigint primary key,
    version bigint not null,
    original_id bigint not null,
    original_version bigint not null
);
