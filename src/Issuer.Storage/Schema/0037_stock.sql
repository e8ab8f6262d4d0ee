-- contract: doses are counted by product, so a program that counts them by lot lets more be entered than were received
-- What was received of a lot, or passed on (doses below zero), at a facility or, for those without doses of their own,
-- at a place: a commune or a province.
create table stock (
    holder text not null,
    is_place bigint not null,
    product text not null,
    lot text not null,
    passed_on bigint not null,
    expires_on text not null,
    doses bigint not null,
    primary key (holder, is_place, product, lot, passed_on)
);
insert into stock (holder, is_place, product, lot, passed_on, expires_on, doses)
select facility, 0, product, lot, 0, expires_on, doses from lot;
drop table lot;

-- Doses that a facility entered, by day of vaccination; those of all days stand under no day (''). Who enters doses of a
-- product writes that row first, so that two see each other's.
create table product_use (
    facility text not null,
    product text not null,
    day text not null,
    entered bigint not null,
    primary key (facility, product, day)
);
insert into product_use (facility, product, day, entered)
select facility, product, vaccinated_on, count(*) from record where withdrawn = 0
group by facility, product, vaccinated_on;
insert into product_use (facility, product, day, entered)
select facility, product, '', sum(entered) from product_use group by facility, product;

-- Says only where doses of a lot were entered: an index for recalls.
alter table lot_use drop column entered;

drop index record_lot_overrun;
-- index: what is held for its stock, to be released in order
create index record_stock_overrun on record (facility, product, id) where held = 1;
