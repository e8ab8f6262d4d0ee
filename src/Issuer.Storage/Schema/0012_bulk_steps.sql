-- contract: a program that goes by bulk_item would do again what was done by number
-- How far a bulk act has come. Its rows never change once it was asked for and are done in the order of their numbers,
-- so one number says it; bulk_item tells only what was left alone.
alter table bulk_act add column done_to bigint not null default -1;
alter table bulk_act add column done bigint not null default 0;
alter table bulk_act add column left_alone bigint not null default 0;
update bulk_act set
    done_to = coalesce(
        (select max(i.item_id) from bulk_item i where i.bulk_id = bulk_act.id and i.outcome is not null), -1),
    done = (select count(*) from bulk_item i where i.bulk_id = bulk_act.id and i.outcome = 1),
    left_alone = (select count(*) from bulk_item i where i.bulk_id = bulk_act.id and i.outcome = 2);
drop index bulk_item_waiting;

-- What was withdrawn waits for nobody's signature.
drop index record_to_attest;
create index record_to_attest on record (id)
    where subject_id is not null and attested = 0 and duplicate_of is null and withdrawn = 0;

-- Asked for by lineage with every successor: by slot alone, all that were ever open are gone through each time.
drop index certificate_open;
create index certificate_open on certificate (lineage_id, slot) where signature is null and abandoned = 0;
