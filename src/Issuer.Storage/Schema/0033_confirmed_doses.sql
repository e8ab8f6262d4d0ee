-- expand: unlikely doses that somebody confirmed, each for the version of its record that was looked at.
create table confirmed_dose (
    record_id bigint primary key,
    version bigint not null,
    confirmed_by text not null,
    confirmed_at bigint not null
);
-- A question that holds nothing back: its dose counts, and the clerk is only told.
alter table course_question add column is_warning bigint not null default 0;
