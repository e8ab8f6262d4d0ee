-- expand: new tables; how long a record waited is unknown where an older program settled it
-- What citizens say is missing or wrong. filer: whose list it stands on; late is told by due_at and the clock.
create table report (
    id {id},
    version bigint not null,
    filer text not null,
    document text not null,
    digest {blob} not null,
    kind bigint not null,
    named_facility text not null,
    full_name text not null,
    date_of_birth text not null,
    product text not null,
    lot text not null,
    vaccinated_on text,
    evidence text not null,
    words text not null,
    facility text not null,
    record_id bigint,
    filed_at bigint not null,
    due_at bigint not null,
    state bigint not null,
    reason text,
    note text,
    answered_record bigint,
    answered_at bigint
);
create unique index report_said on report (filer, digest) where state = 0;
create index report_filer on report (filer, id);
create index report_facility on report (facility, id);
create index report_open on report (id) where state = 0;

-- How often one person did something today; one row a person, whatever the day.
create table daily_use (
    name text primary key,
    day bigint not null,
    used bigint not null
);

-- index: of records, which there are many of
-- Records that wait under a number; filled only when a match fails, so intake does not pay for it.
create index record_waiting_number on record (identity_number) where state between 2 and 5 and identity_number <> '';

-- change: the rest
-- How long records took to become right: when one first waited for somebody, and when it was settled after that. Set by
-- the update that matching makes anyway.
alter table record add column waits_since bigint;
alter table record add column settled_at bigint;

-- Counts of a facility as they were at the end of a day in Vietnam. A day on which nothing changed has no row: the
-- youngest row up to a day holds for it. counts: named whole numbers; cleaning_times: records by quarter days;
-- waits_since: of the record that has waited longest.
create table progress_day (
    facility text not null,
    day text not null,
    counts text not null,
    cleaning_times text not null,
    waits_since bigint,
    primary key (facility, day)
);

-- The last time that everything was counted for a day, whether that closed it, and how long it took.
create table progress_pass (
    day text primary key,
    closes bigint not null,
    counted_at bigint not null,
    milliseconds bigint not null
);

-- Days with their first second in Vietnam, to tell in SQL whether a dose was entered on its day.
create table calendar (
    day text primary key,
    begins bigint not null
);
