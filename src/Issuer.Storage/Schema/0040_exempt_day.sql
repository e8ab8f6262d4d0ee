-- contract: exempt rows are counted as they are entered, so a program that does not count lets more of them through
-- Exempt rows that a facility entered on a day (days since 1970 in Vietnam), whatever became of them.
create table exempt_day (
    facility text not null,
    day bigint not null,
    entered bigint not null,
    primary key (day, facility)
);
insert into exempt_day (facility, day, entered)
select facility, (entered_at + 25200) / 86400, count(*) from record where state = 6
group by facility, (entered_at + 25200) / 86400;
-- index: what is held for the cap, to be released in order
create index record_exempt_held on record (facility, id) where held = 2;
