-- expand: which doses a signed statement relies on: one that turns up later counts only once it is signed for itself.
alter table record add column relied_on bigint not null default 0;
-- fill record.id: until now every statement spoke of all earlier doses there were, or it was void.
update record set relied_on = 1
where id > @from and id <= @to and attested = 0 and subject_id is not null and duplicate_of is null and withdrawn = 0
  and exists (select 1 from record later
    where later.subject_id = record.subject_id and later.attested = 1
      and (later.vaccinated_on, later.id) > (record.vaccinated_on, record.id));
