-- expand: new tables, and a note that older programs leave empty
-- What a person wrote beside the reason, for the ministry alone.
alter table revocation add column note text;

-- DSCs that left the trust list: what they signed counts as revoked and stands on no list.
create table dsc_withdrawal (
    kid text primary key,
    withdrawn_at bigint not null,
    withdrawn_by text not null,
    reason text not null,
    -- How far its holders' successors were made due, by lineage; null: all are.
    enqueued_to bigint
);

-- A bulk act and the exact set it works on, as it was shown: records with their versions, or certificates.
create table bulk_act (
    id {identity},
    criteria text not null,
    reason bigint not null,
    of_records bigint not null,
    digest {blob} not null,
    size bigint not null,
    approval_id bigint,
    approved_by text,
    approved_at bigint,
    certificates bigint not null default 0,
    finished_at bigint
);
create index bulk_act_digest on bulk_act (digest);
create index bulk_act_open on bulk_act (id) where approval_id is not null and finished_at is null;

-- outcome: null it waits, 1 done, 2 it had changed since it was shown and was left alone.
create table bulk_item (
    bulk_id bigint not null,
    item_id bigint not null,
    version bigint not null,
    outcome bigint,
    primary key (bulk_id, item_id)
);
create index bulk_item_waiting on bulk_item (bulk_id, item_id) where outcome is null;

-- index: of lineages, which there are many of
create index if not exists lineage_subject on lineage (subject_id);
