-- expand: what facilities sign for by day, holds on causes, and backlogs that provinces announced
-- How many vaccinate at a facility and how many hours a day; null: as the policy says for its kind.
alter table facility add column staff bigint;
alter table facility add column hours bigint;

-- What one clerk entered and one signatory signed for on a day (days since 1970, Vietnam's), by what is unusual about
-- it. Subjects are folded. ended_by: the hold under which somebody looked at it; 0: nobody has.
create table facility_day (
    facility text not null references facility (code),
    day bigint not null,
    clerk text not null,
    signatory text not null,
    ended_by bigint not null,
    signed bigint not null,
    announced bigint not null,
    identified bigint not null,
    far bigint not null,
    late bigint not null,
    boosters bigint not null,
    exempt bigint not null,
    night bigint not null,
    primary key (facility, day, clerk, signatory, ended_by)
);

-- Doses of a facility that wait until two people have looked at them. clerk null: whoever entered them.
create table hold (
    id {identity},
    facility text not null references facility (code),
    province text,
    clerk text,
    causes text not null,
    from_at bigint not null,
    opened_at bigint not null,
    due_at bigint not null,
    state bigint not null,
    ended_at bigint,
    constraint hold_times check (due_at > opened_at and (state = 0) = (ended_at is null))
);
create index hold_open on hold (facility) where state = 0;

-- held_before: what the record was held for already. was_certified: a certificate relied on it, so it was not held.
-- released: two people looked at it and found nothing wrong.
create table hold_record (
    hold_id bigint not null references hold (id),
    record_id bigint not null references record (id),
    held_before bigint not null,
    was_certified bigint not null check (was_certified in (0, 1)),
    released bigint not null default 0 check (released in (0, 1)),
    primary key (hold_id, record_id)
);
create index hold_record_record on hold_record (record_id);

-- Doses given long ago that a facility is going to enter, by the word of two people of its province.
create table backlog (
    id {identity},
    facility text not null references facility (code),
    product text not null,
    from_day text not null,
    to_day text not null,
    expected bigint not null,
    taken bigint not null,
    approval_id bigint not null references approval (id),
    constraint backlog_counts check (expected > 0 and taken between 0 and expected and from_day <= to_day)
);
create index backlog_facility on backlog (facility);
