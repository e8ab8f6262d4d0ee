-- contract: a dose that is signed for draws on a shared stock, so a program that does not count lets it be overdrawn
-- The day on which a signature drew the dose on a stock, as days since 1970 in Vietnam; null: none has, or it went back.
alter table record add column drawn_on bigint;

-- Doses that were drawn and did not go back, by that day; those of all days stand under -1.
create table product_drawn (
    facility text not null,
    product text not null,
    day bigint not null,
    signed bigint not null,
    primary key (facility, product, day)
);
-- fill record.id: signatures that stand
update record set drawn_on = (coalesce(
    (select max(a.signed_at) from attestation a where a.record_id = record.id), entered_at) + 25200) / 86400
where id > @from and id <= @to and withdrawn = 0 and (attested = 1 or relied_on = 1);
-- change: and their number
insert into product_drawn (facility, product, day, signed)
select facility, product, drawn_on, count(*) from record where drawn_on is not null
group by facility, product, drawn_on;
insert into product_drawn (facility, product, day, signed)
select facility, product, -1, sum(signed) from product_drawn group by facility, product;
-- index: what goes back, since its signature no longer stands
create index record_drawn_unsigned on record (id) where drawn_on is not null and attested = 0 and relied_on = 0;
