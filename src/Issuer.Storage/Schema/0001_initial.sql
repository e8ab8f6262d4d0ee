-- expand: the first tables
-- Never edited once released; changes are new files. Times are seconds since 1970 UTC, dates are ISO text.
-- {id}, {identity} and {blob} are what each engine calls a row number, one it gives itself, and bytes.

create table setting (
    name text primary key,
    value text not null
);

create table id_lease (
    name text primary key,
    next_id bigint not null
);

create table facility (
    code text primary key,
    name text not null,
    kind text not null,
    province text,
    commune text,
    attestation_key {blob}
);

create table lot (
    product text not null,
    lot text not null,
    facility text not null,
    expires_on text not null,
    doses bigint not null,
    primary key (product, lot, facility)
);

-- The embedded stand-in for the national population registry.
create table population (
    id {identity},
    identity_number text,
    old_identity_number text,
    family_name text not null,
    given_name text not null,
    name_key text not null,
    sex bigint not null,
    date_of_birth text not null,
    commune text
);
create unique index population_number on population (identity_number);
-- Whoever has no newer number is told apart by the old one, which alone may stand on two people's papers.
create unique index population_old_number_only on population (old_identity_number) where identity_number is null;
create index population_old_number on population (old_identity_number);
create index population_person on population (name_key, date_of_birth);

create table subject (
    id {id},
    revision bigint not null,
    decided bigint not null,
    family_name text not null,
    given_name text not null,
    sex bigint not null,
    date_of_birth text not null,
    refusals text
);
create index subject_due on subject (id) where decided < revision;

create table identity_document (
    document text primary key,
    subject_id bigint not null
);
create index identity_document_subject on identity_document (subject_id);

create table record (
    id {id},
    submission_key text not null unique,
    version bigint not null,
    digest {blob} not null,
    facility text not null,
    reference text not null,
    family_name text not null,
    given_name text not null,
    sex bigint not null,
    date_of_birth text not null,
    identity_type bigint,
    identity_number text not null,
    nationality text not null,
    product text not null,
    lot text not null,
    dose_number bigint,
    dose_kind bigint,
    vaccinated_on text not null,
    entered_by text not null,
    entered_at bigint not null,
    state bigint not null,
    differs bigint not null,
    suggestion text,
    subject_id bigint,
    duplicate_of bigint,
    attested bigint not null,
    held bigint not null
);
create index record_pending on record (id) where state = 0;
create index record_subject on record (subject_id) where subject_id is not null;
create index record_facility on record (facility, id);
create index record_to_attest on record (id) where subject_id is not null and attested = 0 and duplicate_of is null;

-- Versions that were corrected; the current one stands in record.
create table record_version (
    record_id bigint not null,
    version bigint not null,
    digest {blob} not null,
    family_name text not null,
    given_name text not null,
    sex bigint not null,
    date_of_birth text not null,
    identity_type bigint,
    identity_number text not null,
    nationality text not null,
    product text not null,
    lot text not null,
    dose_number bigint,
    dose_kind bigint,
    vaccinated_on text not null,
    entered_by text not null,
    entered_at bigint not null,
    primary key (record_id, version)
);

create table attestation (
    id {identity},
    record_id bigint not null,
    record_version bigint not null,
    jws text not null,
    signed_by text not null,
    signed_at bigint not null
);
create index attestation_record on attestation (record_id);

create table csca (
    thumbprint text primary key,
    der {blob} not null
);

create table dsc (
    thumbprint text primary key,
    der {blob} not null,
    key_name text not null,
    facility text,
    withdrawn bigint not null
);

create table shard (
    number {id},
    seed {blob} not null,
    next_index bigint not null
);

create table lineage (
    id {id},
    subject_id bigint not null,
    current_slot bigint,
    is_open bigint not null
);
create unique index lineage_open on lineage (subject_id) where is_open = 1;

-- A row without a signature is an intent. The UVCI is its slot and random part; the text is never stored.
create table certificate (
    slot {id},
    random {blob} not null,
    lineage_id bigint not null,
    subject_revision bigint not null,
    predecessor bigint,
    cause bigint,
    kid text not null,
    issued_at bigint not null,
    expires_at bigint not null,
    to_be_signed {blob} not null,
    content_digest {blob} not null,
    dose_number bigint not null,
    signature {blob},
    revocation_hash {blob},
    abandoned bigint not null
);
create index certificate_lineage on certificate (lineage_id);
create index certificate_open on certificate (slot) where signature is null and abandoned = 0;

create table audit (
    id {identity},
    at bigint not null,
    actor text not null,
    act text not null,
    object_id bigint
);
