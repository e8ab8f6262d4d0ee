CREATE TABLE schema_version (number bigint primary key, kind text, checksum text, step bigint, done_to bigint);
CREATE TABLE setting (
    name text primary key,
    value text not null
);
CREATE TABLE id_lease (
    name text primary key,
    next_id bigint not null
);
CREATE TABLE facility (
    code text primary key,
    name text not null,
    kind text not null,
    province text,
    commune text,
    attestation_key {blob}
);
CREATE TABLE population (
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
CREATE UNIQUE INDEX population_number on population (identity_number);
CREATE UNIQUE INDEX population_old_number_only on population (old_identity_number) where identity_number is null;
CREATE INDEX population_old_number on population (old_identity_number);
CREATE INDEX population_person on population (name_key, date_of_birth);
CREATE TABLE subject (
    id {id},
    revision bigint not null,
    decided bigint not null,
    family_name text not null,
    given_name text not null,
    sex bigint not null,
    date_of_birth text not null,
    refusals text
, merged_by bigint, look_key text);
CREATE INDEX subject_due on subject (id) where decided < revision;
CREATE TABLE identity_document (
    document text primary key,
    subject_id bigint not null
);
CREATE INDEX identity_document_subject on identity_document (subject_id);
CREATE TABLE record (
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
, waits_since bigint, settled_at bigint, withdrawn bigint not null default 0, relied_on bigint not null default 0);
CREATE INDEX record_pending on record (id) where state = 0;
CREATE INDEX record_subject on record (subject_id) where subject_id is not null;
CREATE INDEX record_facility on record (facility, id);
CREATE TABLE record_version (
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
CREATE TABLE attestation (
    id {identity},
    record_id bigint not null,
    record_version bigint not null,
    jws text not null,
    signed_by text not null,
    signed_at bigint not null
);
CREATE INDEX attestation_record on attestation (record_id);
CREATE TABLE csca (
    thumbprint text primary key,
    der {blob} not null
);
CREATE TABLE dsc (
    thumbprint text primary key,
    der {blob} not null,
    key_name text not null,
    facility text,
    withdrawn bigint not null
);
CREATE TABLE shard (
    number {id},
    seed {blob} not null,
    next_index bigint not null
);
CREATE TABLE lineage (
    id {id},
    subject_id bigint not null,
    current_slot bigint,
    is_open bigint not null
, merged bigint not null default 0, regenerate_at bigint, regenerate_cause bigint not null default 1, regenerate_refusal text);
CREATE UNIQUE INDEX lineage_open on lineage (subject_id) where is_open = 1;
CREATE TABLE certificate (
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
CREATE INDEX certificate_lineage on certificate (lineage_id);
CREATE TABLE audit (
    id {identity},
    at bigint not null,
    actor text not null,
    act text not null,
    object_id bigint
);
CREATE TABLE approval (
    id {id},
    act text not null,
    command text not null,
    materialised text not null,
    digest {blob} not null,
    requested_by text not null,
    requested_at bigint not null,
    expires_at bigint not null,
    state bigint not null,
    decided_by text,
    decided_at bigint
);
CREATE UNIQUE INDEX approval_requested on approval (digest) where state = 0;
CREATE TABLE exempt_cap (
    facility text primary key,
    cap bigint not null
);
CREATE INDEX record_exempt on record (facility) where state = 6;
CREATE INDEX record_held on record (id) where held <> 0;
CREATE INDEX subject_look on subject (look_key) where merged_by is null;
CREATE TABLE duplicate_mark (
    record_id bigint primary key,
    version bigint not null,
    original_id bigint not null,
    original_version bigint not null
);
CREATE TABLE suggestion (
    record_id {id},
    record_version bigint not null,
    family_name text not null,
    given_name text not null,
    date_of_birth text not null,
    identity_type bigint,
    identity_number text not null
);
CREATE TABLE correction (
    id {identity},
    record_id bigint not null,
    record_version bigint not null,
    outcome text not null,
    evidence text not null,
    actor text not null,
    at bigint not null
);
CREATE INDEX correction_record on correction (record_id);
CREATE INDEX record_worklist on record (facility, id) where state between 2 and 5;
CREATE INDEX record_claimed on record (facility, date_of_birth, given_name) where state between 2 and 3;
CREATE TABLE lot_use (
    facility text not null,
    product text not null,
    lot text not null,
    primary key (facility, product, lot)
);
CREATE TABLE import_job (
    id {id},
    facility text not null,
    actor text not null,
    format bigint not null,
    state bigint not null,
    row_count bigint not null,
    done bigint not null,
    accepted bigint not null,
    corrected bigint not null,
    unchanged bigint not null,
    refused bigint not null,
    why text,
    created_at bigint not null,
    ended_at bigint
);
CREATE INDEX import_job_open on import_job (id) where state = 0;
CREATE INDEX import_job_ended on import_job (ended_at) where state <> 0;
CREATE TABLE import_fault (
    job_id bigint not null,
    line bigint not null,
    faults text not null,
    cells text,
    primary key (job_id, line)
);
CREATE TABLE idempotency_key (
    caller text not null,
    route text not null,
    key text not null,
    digest {blob} not null,
    object_id bigint not null,
    created_at bigint not null,
    primary key (caller, route, key)
);
CREATE INDEX idempotency_key_created on idempotency_key (created_at);
CREATE TABLE report (
    id {id},
    version bigint not null,
    filer text not null,
    document text not null,
    digest {blob} not null,
    kind bigint not null,
    named_facility text not null,
    full_name text not null,
    date_of_birth text not null,
    product text not null,
    lot text not null,
    vaccinated_on text,
    evidence text not null,
    words text not null,
    facility text not null,
    record_id bigint,
    filed_at bigint not null,
    due_at bigint not null,
    state bigint not null,
    reason text,
    note text,
    answered_record bigint,
    answered_at bigint
);
CREATE UNIQUE INDEX report_said on report (filer, digest) where state = 0;
CREATE INDEX report_filer on report (filer, id);
CREATE INDEX report_facility on report (facility, id);
CREATE INDEX report_open on report (id) where state = 0;
CREATE TABLE daily_use (
    name text primary key,
    day bigint not null,
    used bigint not null
);
CREATE INDEX record_waiting_number on record (identity_number) where state between 2 and 5 and identity_number <> '';
CREATE TABLE progress_day (
    facility text not null,
    day text not null,
    counts text not null,
    cleaning_times text not null,
    waits_since bigint,
    primary key (facility, day)
);
CREATE TABLE progress_pass (
    day text primary key,
    closes bigint not null,
    counted_at bigint not null,
    milliseconds bigint not null
);
CREATE TABLE calendar (
    day text primary key,
    begins bigint not null
);
CREATE INDEX lineage_regenerate on lineage (regenerate_at) where is_open = 1 and regenerate_at is not null;
CREATE TABLE revocation (
    id {identity},
    slot bigint not null,
    reason bigint not null,
    decided_at bigint not null,
    decided_by text not null,
    effective_at bigint not null,
    suspended_until bigint,
    approval_id bigint,
    undone_at bigint,
    undone_by text,
    undone_reason text
, note text);
CREATE UNIQUE INDEX revocation_slot on revocation (slot) where undone_at is null;
CREATE INDEX revocation_effective on revocation (effective_at);
CREATE TABLE dsc_withdrawal (
    kid text primary key,
    withdrawn_at bigint not null,
    withdrawn_by text not null,
    reason text not null,
    enqueued_to bigint
);
CREATE TABLE bulk_act (
    id {identity},
    criteria text not null,
    reason bigint not null,
    of_records bigint not null,
    digest {blob} not null,
    size bigint not null,
    approval_id bigint,
    approved_by text,
    approved_at bigint,
    certificates bigint not null default 0,
    finished_at bigint
, done_to bigint not null default -1, done bigint not null default 0, left_alone bigint not null default 0);
CREATE INDEX bulk_act_digest on bulk_act (digest);
CREATE INDEX bulk_act_open on bulk_act (id) where approval_id is not null and finished_at is null;
CREATE TABLE bulk_item (
    bulk_id bigint not null,
    item_id bigint not null,
    version bigint not null,
    outcome bigint,
    primary key (bulk_id, item_id)
);
CREATE INDEX lineage_subject on lineage (subject_id);
CREATE TABLE publication (
    sequence {id},
    issued_at bigint not null,
    next_update bigint not null,
    manifest text not null
);
CREATE TABLE published_file (
    path text not null,
    since bigint not null,
    content {blob} not null,
    content_type text not null,
    ended_by bigint,
    primary key (path, since)
);
CREATE UNIQUE INDEX published_file_current on published_file (path) where ended_by is null;
CREATE INDEX published_file_ended on published_file (ended_by) where ended_by is not null;
CREATE TABLE gateway_upload (
    kind bigint not null,
    digest {blob} not null,
    kid text not null,
    remote_id text,
    uploaded_at bigint not null,
    primary key (kind, digest)
);
CREATE TABLE gateway_batch (
    id text primary key,
    country text not null,
    kid text,
    hash_type bigint not null,
    expires_at bigint not null,
    hashes {blob} not null
, left_at bigint);
CREATE INDEX record_to_attest on record (id)
    where subject_id is not null and attested = 0 and duplicate_of is null and withdrawn = 0;
CREATE INDEX certificate_open on certificate (lineage_id, slot) where signature is null and abandoned = 0;
CREATE TABLE believed_key (
    source text not null,
    thumbprint text not null,
    kind text not null,
    country text not null,
    kid text not null,
    der {blob} not null,
    listed_at bigint not null,
    left_at bigint,
    primary key (source, thumbprint)
);
CREATE TABLE policy_version (
    kind text not null,
    version bigint not null check (version >= 0),
    valid_from text not null,
    document text not null,
    digest {blob} not null,
    taken_at bigint not null,
    taken_by text not null,
    file_digest {blob},
    primary key (kind, version),
    check ((version = 0) = (file_digest is not null))
);
CREATE TABLE course_question (
    record_id bigint primary key,
    reason bigint not null,
    subject_id bigint not null,
    other_id bigint,
    missing bigint,
    asked_at bigint not null
, is_warning bigint not null default 0);
CREATE INDEX course_question_subject on course_question (subject_id);
CREATE INDEX course_question_other on course_question (other_id) where other_id is not null;
CREATE TABLE confirmed_dose (
    record_id bigint primary key,
    version bigint not null,
    confirmed_by text not null,
    confirmed_at bigint not null
);
CREATE TABLE hand_out (
    facility text not null,
    document {blob} not null,
    slot bigint,
    tried_by text not null,
    tried_at bigint not null
);
CREATE INDEX hand_out_document on hand_out (facility, document, tried_at);
CREATE INDEX hand_out_clerk on hand_out (tried_by, tried_at);
CREATE INDEX hand_out_slot on hand_out (slot) where slot is not null;
CREATE TABLE hand_out_allowance (
    facility text primary key references facility (code),
    per_clerk_and_day bigint not null check (per_clerk_and_day > 0),
    until bigint not null,
    reason text not null,
    allowed_by text not null,
    allowed_at bigint not null
);
CREATE TABLE stock (
    holder text not null,
    is_place bigint not null,
    product text not null,
    lot text not null,
    passed_on bigint not null,
    expires_on text not null,
    doses bigint not null,
    primary key (holder, is_place, product, lot, passed_on)
);
CREATE TABLE product_use (
    facility text not null,
    product text not null,
    day text not null,
    entered bigint not null,
    primary key (facility, product, day)
);
CREATE INDEX record_stock_overrun on record (facility, product, id) where held = 1;
insert into approval (id, act, command, materialised, digest, requested_by, requested_at, expires_at, state, decided_by, decided_at) values (1, 'revoke-in-bulk', '{"Criteria":{"Records":null,"Facility":"01002","EnteredBy":null,"Product":null,"Lot":null,"Certificates":null,"Lineages":null,"Subject":null,"Kid":null,"From":null,"To":null,"IsOfRecords":true,"IsOfCertificates":false},"Why":1,"Reason":"looked into"}', 'records 1
digest 4ff190b4c2c573ec999d8db75f206447737dbb0dd91de74917aa7456d169c246', {hex:950b8a550c1911ca1bc8fc29ae31875c99f9c55a1c4039a966f184b07002c5e1}, 'asker', 1772352000, 1772643600, 1, 'second', 1772352000);
insert into approval (id, act, command, materialised, digest, requested_by, requested_at, expires_at, state, decided_by, decided_at) values (2, 'merge-subjects', '{"Kept":14,"Merged":15,"Reason":"two passports"}', 'document of 14 P:KOR:M12345678
document of 15 P:KOR:M87654321
record 15 of 14 version 1 attested 0
record 16 of 15 version 1 attested 0', {hex:a06fe9400f174adb1f50891f3bff6bef785793bc0684cef34f05478099289f01}, 'asker', 1772352000, 1772643600, 1, 'second', 1772352000);
insert into approval (id, act, command, materialised, digest, requested_by, requested_at, expires_at, state, decided_by, decided_at) values (3, 'allow-shortened', '{"Days":30,"Reason":"the ceremony is late"}', 'allowed until ', {hex:a61d7a9d3005c95611e347f51bad5ca707ffb9217ab972aea1b4bb28a275e610}, 'asker', 1772352000, 1772643600, 1, 'second', 1772352000);
insert into approval (id, act, command, materialised, digest, requested_by, requested_at, expires_at, state, decided_by, decided_at) values (4, 'release-hold', '{"Records":[17],"Reason":"paper seen"}', 'record 17 version 1 held manual', {hex:605a265df0191ed197ce6d19104633e358ea09cc94cf23da5ba306857f867b7d}, 'asker', 1772352000, 1772643600, 0, null, null);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (1, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjoxLCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIxLTEiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFiIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDEiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIxIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTA4LTMwIn0sImVhcmxpZXIiOltdLCJwb2xpY3kiOiJsYXN0LWRvc2UiLCJub25jZSI6ImF2NDY4Ny9CaElON2hQNVlsTk5tV1E9PSJ9.wFSBtaMzG6F5AXwc4xcw8AuNA6BaIICofrx54ozTc16_ckMV4oxa6AQLtyGM3PA2eHS7_XOlL-e7lu5mEFKpVw', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (2, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjoyLCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIxLTIiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFiIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDEiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIyIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEwLTI5In0sImVhcmxpZXIiOlt7InJlY29yZCI6MSwidmVyc2lvbiI6MSwiZGlnZXN0Ijoib2xjY1BJbnEzeWh2NzRraW9hUzkrUDFBYSs2U2pNd25FajR1MHV3QjQ2dz0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoid1pMS2JGY04yRUF6K1V3TkFGajFJQT09In0.U7eF4SBiZygQ85xECojWHIAbsABdpr4WqurGY4bHgxJ2etjP0ZB-IsdMYWX5Xbg9wJeWXqaeT6k6gZJruRlQMA', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (3, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjozLCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIxLTMiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFiIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDEiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIzIiwiZG9zZV9raW5kIjoiYm9vc3RlciIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEyLTI4In0sImVhcmxpZXIiOlt7InJlY29yZCI6MSwidmVyc2lvbiI6MSwiZGlnZXN0Ijoib2xjY1BJbnEzeWh2NzRraW9hUzkrUDFBYSs2U2pNd25FajR1MHV3QjQ2dz0ifSx7InJlY29yZCI6MiwidmVyc2lvbiI6MSwiZGlnZXN0IjoiQ0VlKzYzZXZGTmYwMUl0eTdwbndqL0VTUDJ1NGs1OUJUWVNaRkx0eTV6dz0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoiV0dpb25pRXRWWXdLVzNReFdrblpvQT09In0.jPNOiivA_ouM748WVUyevagY8d4GyTnK2GxZXZhxQPrC-U9l5vOLG5a2P8yzA-oA21dQnRlvA3pv2k4qKFy52w', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (4, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo0LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIyLTEiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFjIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDIiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIxIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTA4LTMwIn0sImVhcmxpZXIiOltdLCJwb2xpY3kiOiJsYXN0LWRvc2UiLCJub25jZSI6InM5MGJiMUJLR1V3NFJoVExHcW1mUWc9PSJ9.E_84VlfRBBVwGI9syXfMqlQBodGCTmm5_ty9uBy_NubGbAqA8n5tJV9Mm4azqwqTRrXiTcgEr2X1ifWPwK9o-w', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (5, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo1LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIyLTIiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFjIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDIiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIyIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEwLTI5In0sImVhcmxpZXIiOlt7InJlY29yZCI6NCwidmVyc2lvbiI6MSwiZGlnZXN0IjoiYzZkcGZBUUZvT3A2YlB4cmdqV3IxY0VIaHVscDFFbklGcmZLTlJvekxxRT0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoiY3pUbFdxdWJ5b2pGc1BoL25xeVpwQT09In0.oVZlNyjq6igZrAtEoT5oFBLBLPHt3Jdlbx0Ck_AmiUvJ9mTlPf-4bXaZHxnQeSfJIy0f5fckFeXWujIhDR--ag', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (6, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo2LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiI0LTEiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFlIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDQiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIxIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTA4LTMwIn0sImVhcmxpZXIiOltdLCJwb2xpY3kiOiJsYXN0LWRvc2UiLCJub25jZSI6IlNrUzNjTThyMGlBY1FpQnNZd0E5RFE9PSJ9.7fKC-eSA8UgWTSnb9HSoafWXkFO5jNjhOvyr0pee2KSUge6iZFYBG_Yp2ugQRS3orFr1LZfAegF2lbQnnLTkRg', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (7, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo3LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiMDEwMDIiLCJyZWZlcmVuY2UiOiI0LTIiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFlIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDQiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIyIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEwLTI5In0sImVhcmxpZXIiOlt7InJlY29yZCI6NiwidmVyc2lvbiI6MSwiZGlnZXN0IjoieDVDSVRXeTR2ZTBndDVDSnZKbW1ubGxhcUxzeU9NYWhrTVRiMlhNWUxGaz0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoidXdnbTNERmlaVFBKd3F5NStYUmhqQT09In0.awurh1S1gYB4-l_zzDuVLA1ST_IF7Z5x0F7mI111EuaNM_P1dEvW31wg9qG1g6ZN-6sB0m47DqJuDepTm0XO4w', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (8, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo4LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiI1LTEiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFmIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDUiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIxIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTA4LTMwIn0sImVhcmxpZXIiOltdLCJwb2xpY3kiOiJsYXN0LWRvc2UiLCJub25jZSI6InhWZ0hLLzUyUmFqVWVQNWJ2VmI1UlE9PSJ9.NRWZ4ecAkTdjuHvLSpTeM8AZtg_4tz9j52JnEYbdVYTTtbKY8aYTT_wRs768GeKQX6ESuBUBthBWN141Chqy4w', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (9, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo5LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiI1LTIiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFmIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDUiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIyIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEwLTI5In0sImVhcmxpZXIiOlt7InJlY29yZCI6OCwidmVyc2lvbiI6MSwiZGlnZXN0IjoiQzVpMFpuOU1VenZQVVRzaTIvVzRHdUYwdTFZTTJmeU5NSHl1ZUloYVZEQT0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoiV0tHVWE5YnVxQVFlNnVVRStvMGhrUT09In0.MXEKJbrQ2vrnwP9RHcvNYO2KfQUzHVXrfS2hQgpULxYMKmeiKMB9A_OPJaCg9eEXZUqwFur8aYwrLK3SYrznJw', 'signatory', 1772352000);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'facility-key-registered 79001', null);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'facility-key-registered 01002', null);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 894493);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 3);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 3);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 3);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 295343);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 7);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 4);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 5);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 6);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 8);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 9);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 4);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 5);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 6);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 7);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 8);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 9);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 4);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 5);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 6);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 7);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 8);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 9);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 636974);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 795987);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 1019605);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-revoked leaked', 1019605);
insert into audit (at, actor, act, object_id) values (1772352000, 'asker', 'approval-requested revoke-in-bulk', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'bulk-revocation-approved fraud', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'approval-executed revoke-in-bulk', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'certificate-revoked record-withdrawn', 795987);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'record-withdrawn fraud', 7);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'bulk-revocation-finished', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 10);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 11);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 12);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 10);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 11);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 12);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-corrected', 10);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 10);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 14);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 15);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 16);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 14);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 15);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 16);
insert into audit (at, actor, act, object_id) values (1772352000, 'asker', 'approval-requested merge-subjects', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'subject-merged by 2', 14);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'subject-merged by 2', 15);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'record-moved', 16);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'approval-executed merge-subjects', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'asker', 'approval-requested allow-shortened', 3);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'shortened-certificates-allowed 30 days', null);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'approval-executed allow-shortened', 3);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 17);
insert into audit (at, actor, act, object_id) values (1772352000, 'asker', 'approval-requested release-hold', 4);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'import-received', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'report-filed', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'report-filed', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'report-refused', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'foreign-key-believed gateway DSC DE f97757e1c0776e0fed2486409fecd17807d1ea494b69b06d65182a727aab7cd0', null);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'foreign-key-believed gateway DSC FR 993b2fcbbb421889d0a9e315154c4dcef523acfd0442dda35854cae6cff00a1e', null);
insert into believed_key (source, thumbprint, kind, country, kid, der, listed_at, left_at) values ('gateway', 'f97757e1c0776e0fed2486409fecd17807d1ea494b69b06d65182a727aab7cd0', 'DSC', 'DE', '+XdX4cB3bg8=', {hex:3082017e30820125a003020102020900aa200e1998a80470300a06082a8648ce3d040302303c310b3009060355040613024445312d302b06035504031324445343203133646136613966633939613432303138646165643833386366343931366462301e170d3234303330313038303030305a170d3238303330313038303030305a303c310b3009060355040613024445312d302b060355040313244453432031336461366139666339396134323031386461656438333863663439313664623059301306072a8648ce3d020106082a8648ce3d030107034200044e0e6e1f2d9a36e60fe39c2915dfb805cf7671630b4b5349615e05fd10063e502ab388d41c2fb074b721440eab9904e9bfd2eb6f41886a6483e63ba1a667618da310300e300c0603551d130101ff04023000300a06082a8648ce3d0403020347003044022070c1a8a5aafb525138437491152645ab0a9e58e22d48544a5cdfc3670b23af6102203832c230f66b89ce8763046f7137093ba940cda17c2bfff2eb8e101cac419f9d}, 1769760000, null);
insert into believed_key (source, thumbprint, kind, country, kid, der, listed_at, left_at) values ('gateway', '993b2fcbbb421889d0a9e315154c4dcef523acfd0442dda35854cae6cff00a1e', 'DSC', 'FR', 'mTsvy7tCGIk=', {hex:3082017e30820124a00302010202084ae8abcdf585fed6300a06082a8648ce3d040302303c310b3009060355040613024652312d302b06035504031324445343203035666366613766653232323463363261323337313335393834666163363139301e170d3234303330313038303030305a170d3238303330313038303030305a303c310b3009060355040613024652312d302b060355040313244453432030356663666137666532323234633632613233373133353938346661633631393059301306072a8648ce3d020106082a8648ce3d030107034200040bb1bc544c0549120ec48a610898b26bd1eb5d771d080332a65d76aaf98a404af900d40aa8add85b534e4c60ccef203f066876656d90b7e7f2ad1cfdb518346ea310300e300c0603551d130101ff04023000300a06082a8648ce3d0403020348003045022028d199dfdc08a64e798c3538d008f345926f43c2c30a7151856306184f529f28022100ca4ca4b28e7d3039c61cd9c9648b0944548c15918f2422df82bc74e735c675ba}, 1769760000, null);
insert into bulk_act (criteria, reason, of_records, digest, size, approval_id, approved_by, approved_at, certificates, finished_at, done_to, done, left_alone) values ('{"Criteria":{"Records":null,"Facility":"01002","EnteredBy":null,"Product":null,"Lot":null,"Certificates":null,"Lineages":null,"Subject":null,"Kid":null,"From":null,"To":null,"IsOfRecords":true,"IsOfCertificates":false},"Why":1,"Reason":"looked into"}', 1, 1, {hex:4ff190b4c2c573ec999d8db75f206447737dbb0dd91de74917aa7456d169c246}, 1, 1, 'second', 1772352000, 1, 1772352000, 7, 1, 0);
insert into bulk_item (bulk_id, item_id, version, outcome) values (1, 7, 1, null);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (295343, {hex:6f17d9e096898681f67b61af6b}, 1, 5, 894493, 2, 'sVzEAC+K/HY=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448b15cc4002f8afc7640590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a3030303930444659355953573242384b314d315953585033425642234462636f62564e62646e036264746a323032312d31322d32386269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736403627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416263666e74664e475559454e63676e746656414e3c41426376657265312e332e30}, {hex:18b91a862eae6853dfcb03524188f63a}, 3, {hex:c7339cda9adcf7385da2c2260debef3e0bf2e4f3a8f74e99efe2a4f30fc993c518274adcd6da34578dac77e02373ffa5be55cddb22f8ca5b00dfb0947a6d06df}, {hex:cf0b10b99dac1d00cae16773466aa2d0}, 0);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (636974, {hex:d2789674fe9b7a12d0f8d85fc6}, 2, 3, null, null, 'sVzEAC+K/HY=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448b15cc4002f8afc7640590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a3030304b45314534593450454b5a395059474a5433574447515936233262636f62564e62646e026264746a323032312d31302d32396269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736402627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416363666e74664e475559454e63676e746656414e3c41436376657265312e332e30}, {hex:3679d40a73ac4587e690b97d88e3d797}, 2, {hex:3789e91fa5546a5038b021edf55c09f48ac700b750304c055eef75917ec97abe9f005e707eee5c5d740120ae5146e940beee9b8f8bab6342f5f1a62358fd8a51}, {hex:abff0ac078fd855ed20f4fc37f206d55}, 0);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (795987, {hex:41342d493cec2243af1711efa1}, 3, 3, null, null, 'sVzEAC+K/HY=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448b15cc4002f8afc7640590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a3030305239414b324431443934594552384a334e57424833565831235462636f62564e62646e026264746a323032312d31302d32396269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736402627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416563666e74664e475559454e63676e746656414e3c41456376657265312e332e30}, {hex:06c18b7a19df25c2792047ea4118f429}, 2, {hex:e919d7ff3b877f830b878d74b76ddac97b7cd10ce3534e27e0db2d4a8f2de528ba3cd66541a772780020160ea8f2b4da9d6c5fb7c45af7ebd4bb2fac62040350}, {hex:787e7af1378a28e037588ca42531440c}, 0);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (894493, {hex:71dce8241692925ad60c543c69}, 1, 3, null, null, 'sVzEAC+K/HY=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448b15cc4002f8afc7640590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a30303056394758335137383447423935344a545452363538463339233962636f62564e62646e026264746a323032312d31302d32396269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736402627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416263666e74664e475559454e63676e746656414e3c41426376657265312e332e30}, {hex:1db0ad16919820afe7ead5b621af1d2a}, 2, {hex:eb2a0b2b38aec4ef9d0bbedd35eae470ed9cf51b62f1a4e3685f89cdda5f8816c2041962d56c37ae22b96368780ac2711fe9ffca90bddcb1443c6d868a1f5023}, {hex:aad24cfef0d01756c63038ec1f2f7583}, 0);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (1019605, {hex:1b7100fa40544ae69ddf9d2573}, 4, 3, null, null, 'sVzEAC+K/HY=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448b15cc4002f8afc7640590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a3030305a33504e505738305a393035384a51364b5146535439424b233362636f62564e62646e026264746a323032312d31302d32396269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736402627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416663666e74664e475559454e63676e746656414e3c41466376657265312e332e30}, {hex:5a0d49350d52512e701665bdb10517fc}, 2, {hex:d20091df4541fd42878a2b4e76bc682b5e5f380e5b895a710c4269ad44f9d05df4ffe8beaf2de23a4a1ffbbf450013ab7cc9493c42768c81780b66e987f34de2}, {hex:a4f870357dabaee8d867f2ca7f2dfed2}, 0);
insert into confirmed_dose (record_id, version, confirmed_by, confirmed_at) values (3, 1, 'signatory', 1772352000);
insert into correction (record_id, record_version, outcome, evidence, actor, at) values (10, 2, 'corrected', 'clerk', 'test', 1772352000);
insert into course_question (record_id, reason, subject_id, other_id, missing, asked_at, is_warning) values (3, 10, 1, 2, null, 1772352000, 1);
insert into daily_use (name, day, used) values ('single-act TEST', 20513, 1);
insert into daily_use (name, day, used) values ('report VNM:079085000001', 20513, 1);
insert into daily_use (name, day, used) values ('report VNM:079085000002', 20513, 1);
insert into dsc (thumbprint, der, key_name, facility, withdrawn) values ('b15cc4002f8afc76e9437f90391a7d2d94e9494e9f11be5d11aa8c6cbfa07ada', {hex:308201e43082018ba003020102021055b86db42daaeb6caf4b5bd499b4c95b300a06082a8648ce3d040302303c310b300906035504061302564e31143012060355040a0c0b42e1bb9920592074e1babf3117301506035504030c0e4353434120566965746e616d2031301e170d3236303330313038303030305a170d3238303330313038303030305a3033310b300906035504061302564e31143012060355040a0c0b42e1bb9920592074e1babf310e300c06035504030c0544534320313059301306072a8648ce3d020106082a8648ce3d03010703420004c10267c9a408141314a7b779e57f4b9a5bffe93a4a17c482193b98bf092317d0fd1b11ab3c2b7068088ba1e583345a03abfac3ac4843172747155356f8b22feca3783076300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030160603551d25040f300d060b2b060104018e378f650102301d0603551d0e041604149e5e971e9f6773168f77fb27095dfd130f0b5304301f0603551d230418301680141e104f61f033dde08c7ca091dbd3bdb063d284a0300a06082a8648ce3d0403020347003044022036c78877a1b57a246099beb7cfda139216072929c0b5c0bb157742de344159a70220541fe5439bcace8fd28b5df5fd50005efc8d2307fc6f61ced7be5e81df4f28ce}, 'dsc', null, 0);
insert into dsc_withdrawal (kid, withdrawn_at, withdrawn_by, reason, enqueued_to) values ('AAAAAAAAAAA=', 1772352000, 'security', 'its key is out', 3);
insert into duplicate_mark (record_id, version, original_id, original_version) values (14, 9, 1, 1);
insert into exempt_cap (facility, cap) values ('01002', 30);
insert into facility (code, name, kind, province, commune, attestation_key) values ('79001', 'Trạm y tế Bến Nghé', 'commune', '79', null, {hex:3059301306072a8648ce3d020106082a8648ce3d0301070342000477ab803b5bf4b402437a6538405198539d7c15711f878dfe0bb72ef682c190601d79aada9357abbfb5b74c181b7e45afca23bd4d9a32eaaa3cb6658a05aef399});
insert into facility (code, name, kind, province, commune, attestation_key) values ('01002', 'Bệnh viện Bạch Mai', 'hospital', '01', null, {hex:3059301306072a8648ce3d020106082a8648ce3d0301070342000447e4c295590aee46b7be0b2bb2a90ddfa86340930bc9668641fd8b2652811c95930ad6b3b765c32e5527d7b90a1c24679843f7c81e8df306f7643b1638aa0a89});
insert into gateway_batch (id, country, kid, hash_type, expires_at, hashes, left_at) values ('1', 'DE', null, 0, 1777536000, {hex:6b86b273ff34fce19d6b804eff5a3f57d4735e3a265e16eee03f59718b9b5d03}, null);
insert into gateway_upload (kind, digest, kid, remote_id, uploaded_at) values (0, {hex:e8095e572b95d0a5ca7b6eefa7312865a454ce77bc80d1693dcff53c2de045a2}, 'k', null, 1);
insert into hand_out (facility, document, slot, tried_by, tried_at) values ('79001', {hex:a01a99c5ec3ca4489454a6fb53b54f9ce7c397d6c54a73ccadac0667c4d9c8fe}, 1019605, 'clerk', 1772352000);
insert into hand_out_allowance (facility, per_clerk_and_day, until, reason, allowed_by, allowed_at) values ('79001', 60, 1772952000, 'Tết', 'province', 1772352000);
insert into id_lease (name, next_id) values ('record', 5001);
insert into id_lease (name, next_id) values ('subject', 5001);
insert into id_lease (name, next_id) values ('lineage', 5001);
insert into id_lease (name, next_id) values ('approval', 5001);
insert into id_lease (name, next_id) values ('import', 5001);
insert into id_lease (name, next_id) values ('report', 5001);
insert into idempotency_key (caller, route, key, digest, object_id, created_at) values ('clerk', 'import', 'k', {hex:01}, 1, 1772352000);
insert into identity_document (document, subject_id) values ('VNM:079085000001', 1);
insert into identity_document (document, subject_id) values ('VNM:024000001', 1);
insert into identity_document (document, subject_id) values ('VNM:079085000002', 4);
insert into identity_document (document, subject_id) values ('VNM:024000002', 4);
insert into identity_document (document, subject_id) values ('VNM:079085000004', 5);
insert into identity_document (document, subject_id) values ('VNM:024000004', 5);
insert into identity_document (document, subject_id) values ('VNM:079085000005', 6);
insert into identity_document (document, subject_id) values ('VNM:024000005', 6);
insert into identity_document (document, subject_id) values ('VNM:079085000003', 13);
insert into identity_document (document, subject_id) values ('VNM:024000003', 13);
insert into identity_document (document, subject_id) values ('P:KOR:M12345678', 14);
insert into identity_document (document, subject_id) values ('P:KOR:M87654321', 14);
insert into import_fault (job_id, line, faults, cells) values (1, 2, 'sex:bad-sex', '["r2",null]');
insert into import_job (id, facility, actor, format, state, row_count, done, accepted, corrected, unchanged, refused, why, created_at, ended_at) values (1, '79001', 'test', 0, 1, 1, 1, 0, 0, 0, 1, null, 1772352000, 1772352000);
insert into lineage (id, subject_id, current_slot, is_open, merged, regenerate_at, regenerate_cause, regenerate_refusal) values (1, 1, 295343, 1, 0, 1801514520, 1, null);
insert into lineage (id, subject_id, current_slot, is_open, merged, regenerate_at, regenerate_cause, regenerate_refusal) values (2, 4, 636974, 1, 0, 1802144989, 1, null);
insert into lineage (id, subject_id, current_slot, is_open, merged, regenerate_at, regenerate_cause, regenerate_refusal) values (3, 5, 795987, 1, 0, 1802680041, 1, null);
insert into lineage (id, subject_id, current_slot, is_open, merged, regenerate_at, regenerate_cause, regenerate_refusal) values (4, 6, 1019605, 1, 0, 1772352000, 6, null);
insert into lot_use (facility, product, lot) values ('79001', 'EU/1/21/1529', 'ABV1');
insert into lot_use (facility, product, lot) values ('01002', 'EU/1/21/1529', 'ABV1');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000001', '024000001', 'Nguyễn', 'Văn Ab', 'nguyễn văn ab', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000002', '024000002', 'Nguyễn', 'Văn Ac', 'nguyễn văn ac', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000003', '024000003', 'Nguyễn', 'Văn Ad', 'nguyễn văn ad', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000004', '024000004', 'Nguyễn', 'Văn Ae', 'nguyễn văn ae', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000005', '024000005', 'Nguyễn', 'Văn Af', 'nguyễn văn af', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000006', '024000006', 'Nguyễn', 'Văn Ag', 'nguyễn văn ag', 1, '1985-02-03', '26734');
insert into product_use (facility, product, day, entered) values ('79001', 'EU/1/21/1529', '', 15);
insert into product_use (facility, product, day, entered) values ('79001', 'EU/1/21/1529', '2021-08-30', 7);
insert into product_use (facility, product, day, entered) values ('79001', 'EU/1/21/1529', '2021-10-29', 6);
insert into product_use (facility, product, day, entered) values ('79001', 'EU/1/21/1529', '2021-12-28', 2);
insert into product_use (facility, product, day, entered) values ('01002', 'EU/1/21/1529', '', 0);
insert into product_use (facility, product, day, entered) values ('01002', 'EU/1/21/1529', '2021-10-29', 0);
insert into progress_day (facility, day, counts, cleaning_times, waits_since) values ('79001', '2026-03-02', 'records_entered=15 records_held=1 records_valid=11 records_pending=1 records_matched=9 records_exempt=2 records_error_group1=1 records_error_group2=1 records_error_group3=1 records_waiting=3 records_cleaned=1 records_attested=8 doses_received=500 doses_not_entered=485 people_matched=6 people_certified=4 people_waiting=2 facilities_all=1 facilities_equipped=1 facilities_active=1 reports_open=1', '0=1', 1772352000);
insert into progress_day (facility, day, counts, cleaning_times, waits_since) values ('01002', '2026-03-02', 'facilities_all=1 facilities_equipped=1', '', null);
insert into progress_pass (day, closes, counted_at, milliseconds) values ('2026-03-02', 0, 1772438400, 203);
insert into publication (sequence, issued_at, next_update, manifest) values (1, 1772352000, 1772438400, 'manifest 1');
insert into publication (sequence, issued_at, next_update, manifest) values (2, 1772352000, 1772438400, 'manifest 2');
insert into published_file (path, since, content, content_type, ended_by) values ('a', 1, {hex:31}, 'text/plain', 2);
insert into published_file (path, since, content, content_type, ended_by) values ('b', 1, {hex:31}, 'text/plain', 2);
insert into published_file (path, since, content, content_type, ended_by) values ('a', 2, {hex:32}, 'text/plain', null);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (1, '790011-1', 1, {hex:a2571c3c89eadf286fef8922a1a4bdf8fd406bee928ccc27123e2ed2ec01e3ac}, '79001', '1-1', 'Nguyễn', 'Văn Ab', 1, '1985-02-03', 0, '079085000001', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 1, null, 1, 0, null, null, 0, 1);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (2, '790011-2', 1, {hex:0847beeb77af14d7f4d48b72ee99f08ff1123f6bb8939f414d849914bb72e73c}, '79001', '1-2', 'Nguyễn', 'Văn Ab', 1, '1985-02-03', 0, '079085000001', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 1, 0, null, 1, null, 1, 0, null, null, 0, 1);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (3, '790011-3', 1, {hex:6bf0383c84476871d6ca4a06a3d22bef9931412730dd2eb434c8b573721c05ed}, '79001', '1-3', 'Nguyễn', 'Văn Ab', 1, '1985-02-03', 0, '079085000001', 'VNM', 'EU/1/21/1529', 'ABV1', 3, 2, '2021-12-28', 'test', 1772352000, 1, 0, null, 1, null, 1, 0, null, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (4, '790012-1', 1, {hex:73a7697c0405a0ea7a6cfc6b8235abd5c10786e969d449c816b7ca351a332ea1}, '79001', '2-1', 'Nguyễn', 'Văn Ac', 1, '1985-02-03', 0, '079085000002', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 4, null, 1, 0, null, null, 0, 1);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (5, '790012-2', 1, {hex:9eed028f0374e598d5c408adacf82afc054940a6ff25d7cc8bdfda038de5a052}, '79001', '2-2', 'Nguyễn', 'Văn Ac', 1, '1985-02-03', 0, '079085000002', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 1, 0, null, 4, null, 1, 0, null, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (6, '790014-1', 1, {hex:c790884d6cb8bded20b79089bc99a69e595aa8bb3238c6a190c4dbd973182c59}, '79001', '4-1', 'Nguyễn', 'Văn Ae', 1, '1985-02-03', 0, '079085000004', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 5, null, 1, 0, null, null, 0, 1);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (7, '010024-2', 1, {hex:e33bc946f7b8717888e2dc4c48c65a37c74cefbfaba60bb38d0d9d00d99097ac}, '01002', '4-2', 'Nguyễn', 'Văn Ae', 1, '1985-02-03', 0, '079085000004', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 1, 0, null, 5, null, 0, 0, null, null, 1, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (8, '790015-1', 1, {hex:0b98b4667f4c533bcf513b22dbf5b81ae174bb560cd9fc8d307cae78885a5430}, '79001', '5-1', 'Nguyễn', 'Văn Af', 1, '1985-02-03', 0, '079085000005', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 6, null, 1, 0, null, null, 0, 1);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (9, '790015-2', 1, {hex:d1fa8bd34accd9156222cb992167c43925e689a10bbb29074ae593da6fb7fd2a}, '79001', '5-2', 'Nguyễn', 'Văn Af', 1, '1985-02-03', 0, '079085000005', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 1, 0, null, 6, null, 1, 0, null, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (10, '790013-1', 2, {hex:66a933fa13dfc42a4511fa10269cef01d09c71e072dd4d9b578e255e4b6d235a}, '79001', '3-1', 'Nguyễn', 'Văn Ad', 1, '1985-02-03', 0, '079085000003', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 13, null, 0, 0, 1772352000, 1772352000, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (11, '790013-2', 1, {hex:dcc0551237f14ac30a47dda762a14a1e83bffc56c274ff23176d0f711be968a7}, '79001', '3-2', 'Nguyễn', 'A Van', 1, '1985-02-03', 0, '079085000003', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 2, 1, null, null, null, 0, 0, 1772352000, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (12, '790016-1', 1, {hex:6243ae5b8245adbed7e8913010524ed826c3ac467fe3cbb4470a83767e8d1b95}, '79001', '6-1', 'Nguyễn', 'Văn Ag', 1, '1985-02-03', null, '', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 4, 0, null, null, null, 0, 0, 1772352000, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (14, '790016-2', 1, {hex:6578a4a8f67f87dfb4e8139a0c783c7bad2d8a80a3b36308b67dede0cd71cabc}, '79001', '6-2', 'Nguyễn', 'Văn Ag', 1, '1985-02-03', 0, '12', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 5, 0, null, null, null, 0, 0, 1772352000, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (15, '79001M12345678-1', 1, {hex:007aa68de42de8b2ad585d7e291507e07d9bacea2b02c1bbd0ba77c79ab56613}, '79001', 'M12345678-1', 'Kim', 'Min Ji', 0, '1985-02-03', 2, 'M12345678', 'KOR', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 6, 0, null, 14, null, 0, 0, null, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (16, '79001M87654321-2', 1, {hex:aa90a26fce6d0f6d2e7cbfc07626ad35347c6e5cd5f0433e1f4f2fa942ff3b1b}, '79001', 'M87654321-2', 'Kim', 'Min Ji', 0, '1985-02-03', 2, 'M87654321', 'KOR', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 6, 0, null, 14, null, 0, 0, null, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held, waits_since, settled_at, withdrawn, relied_on) values (17, '790016-3', 1, {hex:b23ac3fb54c24ac72ecb0832d2d95ac9953c0779a6168715569c321fa3807115}, '79001', '6-3', 'Nguyễn', 'Văn Ag', 1, '1985-02-03', 0, '079085000006', 'VNM', 'EU/1/21/1529', 'ABV1', 3, 0, '2021-12-28', 'test', 1772352000, 0, 0, null, null, null, 0, 3, null, null, 0, 0);
insert into record_version (record_id, version, digest, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at) values (10, 1, {hex:20947abf45c3bffa47a26175455a4cf109eea3a032183d68a80144471d1e4943}, 'Nguyễn', 'Văn Ad', 0, '1985-02-03', 0, '079085000003', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000);
insert into report (id, version, filer, document, digest, kind, named_facility, full_name, date_of_birth, product, lot, vaccinated_on, evidence, words, facility, record_id, filed_at, due_at, state, reason, note, answered_record, answered_at) values (1, 1, 'VNM:079085000001', 'VNM:079085000001', {hex:61996ffe2c4b197557a2c050f440dacc1c1f65c0e8f3291a3653b228dcbcc42c}, 6, '79001', 'Nguyễn Văn Ab', '1985-02-03', 'EU/1/21/1529', 'ABV1', '2021-08-30', 'GXN-01', '', '79001', 1, 1772352000, 1772643600, 0, null, null, null, null);
insert into report (id, version, filer, document, digest, kind, named_facility, full_name, date_of_birth, product, lot, vaccinated_on, evidence, words, facility, record_id, filed_at, due_at, state, reason, note, answered_record, answered_at) values (2, 2, 'VNM:079085000002', 'VNM:079085000002', {hex:859740235c8e91f0da540512a267ea17aa88cd95a4a55346673f08a5bd184c02}, 6, '79001', 'Nguyễn Văn Ac', '1985-02-03', 'EU/1/21/1529', 'ABV1', '2021-08-30', 'GXN-01', '', '79001', 4, 1772352000, 1772643600, 2, 'blurred', 'it''s blurred', null, 1772352000);
insert into revocation (slot, reason, decided_at, decided_by, effective_at, suspended_until, approval_id, undone_at, undone_by, undone_reason, note) values (1019605, 6, 1772352000, 'test', 1772352000, null, null, null, null, null, null);
insert into revocation (slot, reason, decided_at, decided_by, effective_at, suspended_until, approval_id, undone_at, undone_by, undone_reason, note) values (795987, 4, 1772352000, 'second', 1772352000, null, 1, null, null, null, null);
insert into schema_version (number, kind, checksum) values (1, 'expand', '61e320f8079af203a77843899d566dd4c8c36eedfe7c5e6af8845f00acded301');
insert into schema_version (number, kind, checksum) values (2, 'contract', '05a106115d04ffebb6dcfc65be371fb8f7bbeb80539019fb39f74c2028409317');
insert into schema_version (number, kind, checksum) values (4, 'expand', '5e3e5ab293a9e18373205124cb41010a8d22b50a0a894c6084de89e6b602769a');
insert into schema_version (number, kind, checksum) values (5, 'contract', '395b2a5fe1a5530e67b1e5ad11e40db53cd4da3dd937d6e0bf7567b56549a789');
insert into schema_version (number, kind, checksum) values (6, 'expand', 'd90ab53350d86ed93aba4597e03891887698ec212d985a2ea075f0a24b6efdb2');
insert into schema_version (number, kind, checksum) values (7, 'contract', '80f5b6950193b6e5174cbe50c6f604230a5e28924b63db2755e3571bbe5684ac');
insert into schema_version (number, kind, checksum) values (9, 'expand', '492e83094bbd95d9e8416b010b120c4937d255fa3bc6ad8e444f07015e8e3876');
insert into schema_version (number, kind, checksum) values (10, 'expand', '57c8110b9869cd3cf9a5b3096481637fbe8f1fba6d0aabcd912ff25b11036d70');
insert into schema_version (number, kind, checksum) values (11, 'expand', '1e26d35d68272d8ddb6da07e3b4704a4bdfe97dab10a640c252fc84ab76b1cdc');
insert into schema_version (number, kind, checksum) values (12, 'contract', 'd5de70e9d2ae00e4473293a43e3a908a5c293acb1e65b7e6f2c6768b4e08bfaa');
insert into schema_version (number, kind, checksum) values (13, 'contract', 'ffb47b4bf62f48b8a2b39857a146e691198a5c645fbc384151d853ce67aa23c6');
insert into schema_version (number, kind, checksum) values (15, 'expand', 'a1c7d5538726016b9e46a130c2d930b2f0815cffe20a6d6d7043bbeab2682cfe');
insert into schema_version (number, kind, checksum) values (30, 'expand', '60b8a3452add19a1a2218c4a4fd27571580710bfe6d478808f6cbb13c0503ff5');
insert into schema_version (number, kind, checksum) values (31, 'expand', 'd5e2e532e077f8b19498432f602c53421570a25ce193f34e2a18d486ef8a5b2d');
insert into schema_version (number, kind, checksum) values (33, 'expand', '13f2fe15cdd9bed5ab8a18e7c8273c020e94aa6f85ae72b67e68d013876631cb');
insert into schema_version (number, kind, checksum) values (34, 'expand', '000b6965b8d1753ff90d22f0210e191990db18110fe86e1732d35d18b359f1ab');
insert into schema_version (number, kind, checksum) values (35, 'expand', '30ef96a377bfdf5dc7dd4cf4b9673e06f334cce1d003209a05ce4c3fdbe5479d');
insert into schema_version (number, kind, checksum) values (36, 'expand', '4e70ffa64074e282868482c13d2f49ad46ac2d14da5bfbecdc0948e00b2013bd');
insert into schema_version (number, kind, checksum) values (37, 'contract', '857aab1e65aee9c9b169cf400c7cb16351760a14dea84fe797db6ebe159e021f');
insert into setting (name, value) values ('environment', 'Development');
insert into setting (name, value) values ('nonce-key', 'oQaCyb/Sj/HabYZ9+3eDIf6aVySwQv0JZ7p0Tlu/Klk=');
insert into setting (name, value) values ('high-water-clock', '1772352000');
insert into setting (name, value) values ('shortened-until', '1774944000');
insert into shard (number, seed, next_index) values (0, {hex:99b1ea89a0451352b9f33b5bc329a8d73e3f9396997869d88d4d5b0a45f2011b}, 5);
insert into stock (holder, is_place, product, lot, passed_on, expires_on, doses) values ('79001', 0, 'EU/1/21/1529', 'ABV1', 0, '2022-01-31', 500);
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (1, 5, 5, 'Nguyễn', 'Văn Ab', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AB|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (4, 3, 3, 'Nguyễn', 'Văn Ac', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AC|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (5, 4, 3, 'Nguyễn', 'Văn Ae', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AE|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (6, 3, 3, 'Nguyễn', 'Văn Af', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AF|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (13, 1, 0, 'Nguyễn', 'Văn Ad', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AD|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (14, 2, 0, 'Kim', 'Min Ji', 0, '1985-02-03', null, null, 'KIM<MIN<JI|0|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (15, 2, 2, 'Kim', 'Min Ji', 0, '1985-02-03', null, 2, 'KIM<MIN<JI|0|1985-02-03');
{constraint subject subject_merged_by foreign key (merged_by) references approval (id)}
{valid subject subject_merged_by}
{constraint subject subject_decided check (decided <= revision and sex in (0, 1))}
{valid subject subject_decided}
{constraint identity_document identity_document_of foreign key (subject_id) references subject (id)}
{valid identity_document identity_document_of}
{constraint record record_flags check (attested in (0, 1) and withdrawn in (0, 1) and sex in (0, 1))}
{valid record record_flags}
{constraint record record_states check (state >= 0 and held >= 0 and differs between 0 and 15 and version > 0)}
{valid record record_states}
{constraint record record_repeats_another check (duplicate_of is null or duplicate_of <> id)}
{valid record record_repeats_another}
{constraint record_version record_version_of foreign key (record_id) references record (id)}
{valid record_version record_version_of}
{constraint record_version record_version_flags check (sex in (0, 1) and version > 0)}
{valid record_version record_version_flags}
{constraint attestation attestation_of foreign key (record_id) references record (id)}
{valid attestation attestation_of}
{constraint dsc dsc_flags check (withdrawn in (0, 1))}
{valid dsc dsc_flags}
{constraint lineage lineage_of foreign key (subject_id) references subject (id)}
{valid lineage lineage_of}
{constraint lineage lineage_flags check (is_open in (0, 1) and merged in (0, 1))}
{valid lineage lineage_flags}
{constraint certificate certificate_lineage foreign key (lineage_id) references lineage (id)}
{valid certificate certificate_lineage}
{constraint certificate certificate_predecessor foreign key (predecessor) references certificate (slot)}
{valid certificate certificate_predecessor}
{constraint certificate certificate_signed check ((signature is null) = (revocation_hash is null)
    and (abandoned = 0 or signature is null) and abandoned in (0, 1))}
{valid certificate certificate_signed}
{constraint certificate certificate_term check (expires_at > issued_at and dose_number > 0)}
{valid certificate certificate_term}
{constraint approval approval_by_two check (
    state <> 1 or (decided_by is not null and decided_by <> requested_by))}
{valid approval approval_by_two}
{constraint approval approval_decided check ((state = 0) = (decided_at is null) and expires_at > requested_at)}
{valid approval approval_decided}
{constraint exempt_cap exempt_cap_of foreign key (facility) references facility (code)}
{valid exempt_cap exempt_cap_of}
{constraint duplicate_mark duplicate_mark_of foreign key (record_id) references record (id)}
{valid duplicate_mark duplicate_mark_of}
{constraint duplicate_mark duplicate_mark_original foreign key (original_id) references record (id)}
{valid duplicate_mark duplicate_mark_original}
{constraint duplicate_mark duplicate_mark_another check (original_id <> record_id)}
{valid duplicate_mark duplicate_mark_another}
{constraint suggestion suggestion_of foreign key (record_id) references record (id)}
{valid suggestion suggestion_of}
{constraint correction correction_of foreign key (record_id) references record (id)}
{valid correction correction_of}
{constraint import_job import_job_ended check ((state = 0) = (ended_at is null))}
{valid import_job import_job_ended}
{constraint import_fault import_fault_of foreign key (job_id) references import_job (id)}
{valid import_fault import_fault_of}
{constraint report report_facility foreign key (facility) references facility (code)}
{valid report report_facility}
{constraint report report_record foreign key (record_id) references record (id)}
{valid report report_record}
{constraint report report_answered_record foreign key (answered_record) references record (id)}
{valid report report_answered_record}
{constraint report report_answered check ((state = 0) = (answered_at is null))}
{valid report report_answered}
{constraint progress_day progress_day_facility foreign key (facility) references facility (code)}
{valid progress_day progress_day_facility}
{constraint revocation revocation_of foreign key (slot) references certificate (slot)}
{valid revocation revocation_of}
{constraint revocation revocation_approval foreign key (approval_id) references approval (id)}
{valid revocation revocation_approval}
{constraint revocation revocation_undone check (
    (undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_reason is null))}
{valid revocation revocation_undone}
{constraint revocation revocation_times check (effective_at >= decided_at
    and (suspended_until is null or suspended_until > decided_at))}
{valid revocation revocation_times}
{constraint bulk_act bulk_act_approval foreign key (approval_id) references approval (id)}
{valid bulk_act bulk_act_approval}
{constraint bulk_act bulk_act_counts check (of_records in (0, 1) and size >= 0 and done + left_alone <= size)}
{valid bulk_act bulk_act_counts}
{constraint bulk_item bulk_item_of foreign key (bulk_id) references bulk_act (id)}
{valid bulk_item bulk_item_of}
{constraint publication publication_times check (next_update > issued_at)}
{valid publication publication_times}
{constraint published_file published_file_since foreign key (since) references publication (sequence)}
{valid published_file published_file_since}
{constraint published_file published_file_ended foreign key (ended_by) references publication (sequence)}
{valid published_file published_file_ended}
{constraint course_question course_question_of foreign key (record_id) references record (id)}
{valid course_question course_question_of}
{constraint course_question course_question_subject foreign key (subject_id) references subject (id)}
{valid course_question course_question_subject}
{constraint course_question course_question_other foreign key (other_id) references record (id)}
{valid course_question course_question_other}
{constraint confirmed_dose confirmed_dose_of foreign key (record_id) references record (id)}
{valid confirmed_dose confirmed_dose_of}
{constraint hand_out hand_out_of foreign key (slot) references certificate (slot)}
{valid hand_out hand_out_of}
