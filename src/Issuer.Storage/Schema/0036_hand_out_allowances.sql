-- expand: how many codes the clerks of a facility may hand out a day, while its province says so.
create table hand_out_allowance (
    facility text primary key references facility (code),
    per_clerk_and_day bigint not null check (per_clerk_and_day > 0),
    until bigint not null,
    reason text not null,
    allowed_by text not null,
    allowed_at bigint not null
);
