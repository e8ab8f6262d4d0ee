-- expand: codes that facilities gave to people at their counter, and the tries that did not belong together (no slot).
create table hand_out (
    facility text not null,
    document {blob} not null,
    slot bigint,
    tried_by text not null,
    tried_at bigint not null
);
create index hand_out_document on hand_out (facility, document, tried_at);
create index hand_out_clerk on hand_out (tried_by, tried_at);
create index hand_out_slot on hand_out (slot) where slot is not null;
