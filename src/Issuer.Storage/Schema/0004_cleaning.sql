-- expand: new tables, and indexes of records
-- What a suggestion would make of a record; a row of an older version than the record's means nothing.
create table suggestion (
    record_id {id},
    record_version bigint not null,
    family_name text not null,
    given_name text not null,
    date_of_birth text not null,
    identity_type bigint,
    identity_number text not null
);

-- Every correction: of the record (the version it made) or of the registry (the version that was matched again).
create table correction (
    id {identity},
    record_id bigint not null,
    record_version bigint not null,
    outcome text not null,
    evidence text not null,
    actor text not null,
    at bigint not null
);
create index correction_record on correction (record_id);

-- index: of records, which there are many of
create index record_worklist on record (facility, id) where state between 2 and 5;
-- How many numbers a facility has tried for one claimed person.
create index record_claimed on record (facility, date_of_birth, given_name) where state between 2 and 3;
