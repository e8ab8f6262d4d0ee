-- expand: what older programs enter costs no budget
-- What facilities claimed of people, each once: for which number and which person (digests under the store's secret),
-- the how manieth for either at the facility, and from when on the registry may be asked. The places are the keys, so
-- that of two who add at once one has to look again.
create table registry_claim (
    number_key bigint not null,
    facility text not null,
    number_place bigint not null,
    person_key bigint not null,
    person_place bigint not null,
    answer_at bigint not null,
    seen_at bigint not null,
    primary key (number_key, facility, number_place),
    constraint registry_claim_places check (number_place > 0 and person_place > 0)
);
create unique index registry_claim_person on registry_claim (person_key, person_place);

-- Lists of what a facility has to clean, opened by its province: so many claims more than the budget of the day.
create table cleaning_list (
    id {identity},
    facility text not null references facility (code),
    size bigint not null,
    used bigint not null,
    opened_by text not null,
    opened_at bigint not null,
    ends_at bigint not null,
    constraint cleaning_list_used check (used between 0 and size and ends_at > opened_at)
);
create index cleaning_list_facility on cleaning_list (facility, ends_at);

-- Until when a record is not matched, since its claim is beyond a budget. Null: it does not wait.
alter table record add column answer_from bigint;
create index record_answer_from on record (answer_from) where answer_from is not null;
