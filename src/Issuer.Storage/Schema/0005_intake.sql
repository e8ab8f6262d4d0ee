-- contract: doses of a lot are counted by who enters them, so a program that does not count makes them wrong
-- Doses that a facility entered of a lot, whether it received that lot or not; what it received stands in lot.
create table lot_use (
    facility text not null,
    product text not null,
    lot text not null,
    entered bigint not null,
    primary key (facility, product, lot)
);
insert into lot_use (facility, product, lot, entered)
select facility, product, lot, count(*) from record where lot <> '' group by facility, product, lot;

create index record_lot_overrun on record (facility, product, lot, id) where held = 1;

-- A file that a facility sent. The file itself lies in the data directory of the instance that took it, until the job
-- has ended: state 0. 1 is done, 2 is a file that could not be read, and why. Rows up to done are counted and settled.
create table import_job (
    id {id},
    facility text not null,
    actor text not null,
    format bigint not null,
    state bigint not null,
    row_count bigint not null,
    done bigint not null,
    accepted bigint not null,
    corrected bigint not null,
    unchanged bigint not null,
    refused bigint not null,
    why text,
    created_at bigint not null,
    ended_at bigint
);
create index import_job_open on import_job (id) where state = 0;

create index import_job_ended on import_job (ended_at) where state <> 0;

-- A refused row by its line in the file: faults as field:code, a line each, and its cells as they came (a JSON array in
-- the order of the columns), to be corrected and sent again; null when they were too long. Kept for thirty days.
create table import_fault (
    job_id bigint not null,
    line bigint not null,
    faults text not null,
    cells text,
    primary key (job_id, line)
);

-- What a caller made under a key; a repeated request is answered from it.
create table idempotency_key (
    caller text not null,
    route text not null,
    key text not null,
    digest {blob} not null,
    object_id bigint not null,
    created_at bigint not null,
    primary key (caller, route, key)
);
create index idempotency_key_created on idempotency_key (created_at);
