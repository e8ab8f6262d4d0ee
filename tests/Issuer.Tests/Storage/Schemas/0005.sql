create table schema_version (number bigint primary key);
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
CREATE TABLE lot (
    product text not null,
    lot text not null,
    facility text not null,
    expires_on text not null,
    doses bigint not null,
    primary key (product, lot, facility)
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
);
CREATE INDEX record_pending on record (id) where state = 0;
CREATE INDEX record_subject on record (subject_id) where subject_id is not null;
CREATE INDEX record_facility on record (facility, id);
CREATE INDEX record_to_attest on record (id) where subject_id is not null and attested = 0 and duplicate_of is null;
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
, merged bigint not null default 0);
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
CREATE INDEX certificate_open on certificate (slot) where signature is null and abandoned = 0;
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
    entered bigint not null,
    primary key (facility, product, lot)
);
CREATE INDEX record_lot_overrun on record (facility, product, lot, id) where held = 1;
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
insert into approval (id, act, command, materialised, digest, requested_by, requested_at, expires_at, state, decided_by, decided_at) values (1, 'revoke-in-bulk', '{"Criteria":{"Records":null,"Facility":"01002","EnteredBy":null,"Product":null,"Lot":null,"Certificates":null,"Lineages":null,"Subject":null,"Kid":null,"From":null,"To":null,"IsOfRecords":true,"IsOfCertificates":false},"Why":1,"Reason":"looked into"}', 'records 1
digest 4ff190b4c2c573ec999d8db75f206447737dbb0dd91de74917aa7456d169c246', {hex:950b8a550c1911ca1bc8fc29ae31875c99f9c55a1c4039a966f184b07002c5e1}, 'asker', 1772352000, 1772611200, 1, 'second', 1772352000);
insert into approval (id, act, command, materialised, digest, requested_by, requested_at, expires_at, state, decided_by, decided_at) values (2, 'merge-subjects', '{"Kept":14,"Merged":15,"Reason":"two passports"}', 'document of 14 P:KOR:M12345678
document of 15 P:KOR:M87654321
record 15 of 14 version 1 attested 0
record 16 of 15 version 1 attested 0', {hex:a06fe9400f174adb1f50891f3bff6bef785793bc0684cef34f05478099289f01}, 'asker', 1772352000, 1772611200, 1, 'second', 1772352000);
insert into approval (id, act, command, materialised, digest, requested_by, requested_at, expires_at, state, decided_by, decided_at) values (3, 'allow-shortened', '{"Days":30,"Reason":"the ceremony is late"}', 'allowed until ', {hex:a61d7a9d3005c95611e347f51bad5ca707ffb9217ab972aea1b4bb28a275e610}, 'asker', 1772352000, 1772611200, 1, 'second', 1772352000);
insert into approval (id, act, command, materialised, digest, requested_by, requested_at, expires_at, state, decided_by, decided_at) values (4, 'release-hold', '{"Records":[17],"Reason":"paper seen"}', 'record 17 version 1 held manual', {hex:605a265df0191ed197ce6d19104633e358ea09cc94cf23da5ba306857f867b7d}, 'asker', 1772352000, 1772611200, 0, null, null);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (1, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjoxLCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIxLTEiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFiIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDEiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIxIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTA4LTMwIn0sImVhcmxpZXIiOltdLCJwb2xpY3kiOiJsYXN0LWRvc2UiLCJub25jZSI6ImF2NDY4Ny9CaElON2hQNVlsTk5tV1E9PSJ9.K9_ueFSn6QX8svtuRZNgahy0dVLXjiDpMqxcbAgGhxns9eQnng1yAezv-a_9xZOvXhWu8uPIJYbm1h6cbhKs0A', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (2, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjoyLCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIxLTIiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFiIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDEiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIyIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEwLTI5In0sImVhcmxpZXIiOlt7InJlY29yZCI6MSwidmVyc2lvbiI6MSwiZGlnZXN0Ijoib2xjY1BJbnEzeWh2NzRraW9hUzkrUDFBYSs2U2pNd25FajR1MHV3QjQ2dz0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoid1pMS2JGY04yRUF6K1V3TkFGajFJQT09In0.t2q7AhGtqsyZ7VbrkdLABfaKoqVRiKbXP8ddPgZVeeIJSS30TGJIupVb3YylPTfpswG1N86U_3iF4PSJmy-bTg', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (3, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjozLCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIxLTMiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFiIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDEiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIzIiwiZG9zZV9raW5kIjoiYm9vc3RlciIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEyLTI4In0sImVhcmxpZXIiOlt7InJlY29yZCI6MSwidmVyc2lvbiI6MSwiZGlnZXN0Ijoib2xjY1BJbnEzeWh2NzRraW9hUzkrUDFBYSs2U2pNd25FajR1MHV3QjQ2dz0ifSx7InJlY29yZCI6MiwidmVyc2lvbiI6MSwiZGlnZXN0IjoiQ0VlKzYzZXZGTmYwMUl0eTdwbndqL0VTUDJ1NGs1OUJUWVNaRkx0eTV6dz0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoiV0dpb25pRXRWWXdLVzNReFdrblpvQT09In0.G6yJvKzHvQNLPyHM6_qpaWr4ycXdwWmw4QI-xLZeJw1y038nyM2jhx0DjwM_FCHECMSX6xMhXzdxK9AAAf-V4Q', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (4, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo0LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIyLTEiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFjIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDIiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIxIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTA4LTMwIn0sImVhcmxpZXIiOltdLCJwb2xpY3kiOiJsYXN0LWRvc2UiLCJub25jZSI6InM5MGJiMUJLR1V3NFJoVExHcW1mUWc9PSJ9.6IBbc4Uxod659GBAmgpFGMS3z2UxLg7a15pGYhHA2B5FNbryQh44qO2xVHNC7JtUfQAmPHRO6H7ZRIifWS2JWQ', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (5, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo1LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiIyLTIiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFjIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDIiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIyIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEwLTI5In0sImVhcmxpZXIiOlt7InJlY29yZCI6NCwidmVyc2lvbiI6MSwiZGlnZXN0IjoiYzZkcGZBUUZvT3A2YlB4cmdqV3IxY0VIaHVscDFFbklGcmZLTlJvekxxRT0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoiY3pUbFdxdWJ5b2pGc1BoL25xeVpwQT09In0.j_o5g8xPjc_xB7KNbDQuuJjWG6S0EqBdGd4duLbAl_W3D1dgl0Shl45TZTE_q_ZmSoi4OKfuHCRkc_NtWG-9qA', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (6, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo2LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiI0LTEiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFlIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDQiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIxIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTA4LTMwIn0sImVhcmxpZXIiOltdLCJwb2xpY3kiOiJsYXN0LWRvc2UiLCJub25jZSI6IlNrUzNjTThyMGlBY1FpQnNZd0E5RFE9PSJ9.5NzNGc4zZ7PKZXgCIYzEED0ww-fbpidAhhxnfGRTMlmeJ56Ny5Buo3C4uFDoEP_LWbHKITmLxw3ZoTp83piacg', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (7, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo3LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiMDEwMDIiLCJyZWZlcmVuY2UiOiI0LTIiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFlIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDQiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIyIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEwLTI5In0sImVhcmxpZXIiOlt7InJlY29yZCI6NiwidmVyc2lvbiI6MSwiZGlnZXN0IjoieDVDSVRXeTR2ZTBndDVDSnZKbW1ubGxhcUxzeU9NYWhrTVRiMlhNWUxGaz0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoidXdnbTNERmlaVFBKd3F5NStYUmhqQT09In0.Y9U88br8zGqRcQUPu_2jOAMouxAW_l_Ez6Rn8S_ocB7Kcohdh1HhPwJwc5sx7Cv8hL8VNK2Ud6Eh6uLcgMkZLg', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (8, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo4LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiI1LTEiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFmIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDUiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIxIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTA4LTMwIn0sImVhcmxpZXIiOltdLCJwb2xpY3kiOiJsYXN0LWRvc2UiLCJub25jZSI6InhWZ0hLLzUyUmFqVWVQNWJ2VmI1UlE9PSJ9.5Mcan37pBYYtBUOdGLCZiKJOQoXZPpGXIJN65YY_67NX71uXqqXF9HBsCE9FPj7jl5Fzd189hWNJY6K5PSWTEQ', 'signatory', 1772352000);
insert into attestation (record_id, record_version, jws, signed_by, signed_at) values (9, 1, 'eyJhbGciOiJFUzI1NiJ9.eyJ0eXBlIjoiaXNzdWVyLWF0dGVzdGF0aW9uIiwicmVjb3JkIjo5LCJ2ZXJzaW9uIjoxLCJjb250ZW50Ijp7ImZhY2lsaXR5IjoiNzkwMDEiLCJyZWZlcmVuY2UiOiI1LTIiLCJmYW1pbHlfbmFtZSI6Ik5ndXlcdTFFQzVuIiwiZ2l2ZW5fbmFtZSI6IlZcdTAxMDNuIEFmIiwic2V4IjoiTSIsImRhdGVfb2ZfYmlydGgiOiIxOTg1LTAyLTAzIiwiaWRlbnRpdHlfdHlwZSI6IkNDQ0QiLCJpZGVudGl0eV9udW1iZXIiOiIwNzkwODUwMDAwMDUiLCJuYXRpb25hbGl0eSI6IlZOTSIsInByb2R1Y3QiOiJFVS8xLzIxLzE1MjkiLCJsb3QiOiJBQlYxIiwiZG9zZV9udW1iZXIiOiIyIiwiZG9zZV9raW5kIjoicHJpbWFyeSIsInZhY2NpbmF0ZWRfb24iOiIyMDIxLTEwLTI5In0sImVhcmxpZXIiOlt7InJlY29yZCI6OCwidmVyc2lvbiI6MSwiZGlnZXN0IjoiQzVpMFpuOU1VenZQVVRzaTIvVzRHdUYwdTFZTTJmeU5NSHl1ZUloYVZEQT0ifV0sInBvbGljeSI6Imxhc3QtZG9zZSIsIm5vbmNlIjoiV0tHVWE5YnVxQVFlNnVVRStvMGhrUT09In0.2MyePWzgGZnetZ7a4W9lKUkc9f1I3-Iiz-LCBE5cJ3wTc1T5y_nIJuzrPY1Xx5QLGuZjLdbu2i4t0gSz9tCwuQ', 'signatory', 1772352000);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'facility-key-registered 79001', null);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'facility-key-registered 01002', null);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 2);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 133168);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-submitted', 3);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'record-matched', 3);
insert into audit (at, actor, act, object_id) values (1772352000, 'signatory', 'record-attested', 3);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 336198);
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
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 77264);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 568313);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-completed', 1044637);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'certificate-revoked leaked', 1044637);
insert into audit (at, actor, act, object_id) values (1772352000, 'asker', 'approval-requested revoke-in-bulk', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'bulk-revocation-approved fraud', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'approval-executed revoke-in-bulk', 1);
insert into audit (at, actor, act, object_id) values (1772352000, 'second', 'certificate-revoked record-withdrawn', 568313);
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
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'foreign-key-believed gateway DSC DE 366344fdf26ef109962f3a8d13735e26469cdc77f1f3e0492f8ca36a5216f45c', null);
insert into audit (at, actor, act, object_id) values (1772352000, 'test', 'foreign-key-believed gateway DSC FR 03f940e39350f4dfd94b0c6defc16f6c9694865f85a0e330fad0adde808b1be7', null);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (77264, {hex:5c9b25adb16bacdbfcaaef36f6}, 2, 3, null, null, 'oGRaJSWpO6U=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448a0645a2525a93ba540590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a30303032424547533653354e505250514236565a4a4e4559445150234f62636f62564e62646e026264746a323032312d31302d32396269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736402627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416363666e74664e475559454e63676e746656414e3c41436376657265312e332e30}, {hex:3679d40a73ac4587e690b97d88e3d797}, 2, {hex:b59028f0f512fc98abcfa47a34bb35190711edb5497b497cd43cb3241a5af2412981b788ac244c02fd359727e5ed1d7591ba5a100101263e2e2e235ad676523f}, {hex:8a73e4f5b6f020cea7519fafda878911}, 0);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (133168, {hex:8fe3e9ab45a71d0906f473548d}, 1, 3, null, null, 'oGRaJSWpO6U=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448a0645a2525a93ba540590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a303030343231475a525a394e4432544537383930565437364e3444235662636f62564e62646e026264746a323032312d31302d32396269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736402627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416263666e74664e475559454e63676e746656414e3c41426376657265312e332e30}, {hex:1db0ad16919820afe7ead5b621af1d2a}, 2, {hex:e1b19b034771dce94388e9c33f5ba8758497d3654991aa3cdee10cfc1ae0006ca08a56fd47470223ca805a30ce52299f8f8a1d52ca1e65e5cdce9dbac2ca1a7b}, {hex:98fd2e507848a9dca986c970a477651b}, 0);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (336198, {hex:27176e57239f516472680b203c}, 1, 5, 133168, 2, 'oGRaJSWpO6U=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448a0645a2525a93ba540590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a303030413841364535564541574853594d423445394d3050383157234e62636f62564e62646e036264746a323032312d31322d32386269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736403627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416263666e74664e475559454e63676e746656414e3c41426376657265312e332e30}, {hex:18b91a862eae6853dfcb03524188f63a}, 3, {hex:917f296a91689fd62688dc644a5f959acf3497dda27f0104831d6262fd21f85d0553b170a70362653c0f3955a92c815f3ebaa555e9634b6ebe64e4631c2efce3}, {hex:38d254a42faebd65c161fe5026f80ab1}, 0);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (568313, {hex:2d0d61b3b385d83b552ee871d5}, 3, 3, null, null, 'oGRaJSWpO6U=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448a0645a2525a93ba540590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a30303048415a53543342315045535242503156414d51454757454e234362636f62564e62646e026264746a323032312d31302d32396269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736402627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416563666e74664e475559454e63676e746656414e3c41456376657265312e332e30}, {hex:06c18b7a19df25c2792047ea4118f429}, 2, {hex:0e2640b8c32639cf16e6ad703878927b9e13280c4663dd6af9bf8d78d8c396daa2d8b2ce22148584396f418c602ff28d2a086dc3de78e3c043b984654879449e}, {hex:fe6d59fe10c26c6006774b60448cee2c}, 0);
insert into certificate (slot, random, lineage_id, subject_revision, predecessor, cause, kid, issued_at, expires_at, to_be_signed, content_digest, dose_number, signature, revocation_hash, abandoned) values (1044637, {hex:fc88cde31df13c3fcb28c505c7}, 4, 3, null, null, 'oGRaJSWpO6U=', 1772352000, 1803920400, {hex:846a5369676e6174757265314da201260448a0645a2525a93ba540590102a40162564e041a6b85a410061a69a3f200390103a101a4617681aa626369782c55524e3a555643493a30313a564e3a3030305a573458533236445743455a3246315a53434d4341314537234362636f62564e62646e026264746a323032312d31302d32396269736b42e1bb9920592074e1babf626d616d4f52472d313030303031363939626d706c45552f312f32312f3135323962736402627467693834303533393030366276706e323930363130303030383731303363646f626a313938352d30322d3033636e616da462666e684e677579e1bb856e62676e6756c4836e20416663666e74664e475559454e63676e746656414e3c41466376657265312e332e30}, {hex:5a0d49350d52512e701665bdb10517fc}, 2, {hex:2f9ec60565aafdc3ac442ce2f5442fbc54eca79c676381362c14e760487a99b625d12879bd159f602baf572f7988f54a5ee603663e33e2ce85be9e1aa76bd1ee}, {hex:e79664bcb39edb5ced2612d819ce1447}, 0);
insert into correction (record_id, record_version, outcome, evidence, actor, at) values (10, 2, 'corrected', 'clerk', 'test', 1772352000);
insert into dsc (thumbprint, der, key_name, facility, withdrawn) values ('a0645a2525a93ba505f4c5e657ed179ddf14dd5d04fdc795a977aff3144e0e3e', {hex:308201e53082018ba0030201020210666fdab62ed764d81f83e88041a4ada5300a06082a8648ce3d040302303c310b300906035504061302564e31143012060355040a0c0b42e1bb9920592074e1babf3117301506035504030c0e4353434120566965746e616d2031301e170d3236303330313038303030305a170d3238303330313038303030305a3033310b300906035504061302564e31143012060355040a0c0b42e1bb9920592074e1babf310e300c06035504030c0544534320313059301306072a8648ce3d020106082a8648ce3d03010703420004de4d47018766354cc11e06fdd57d5594cac522d519c71d3c2cffcf90af1263446823db2840662dd2cc125f996cc8d19a821858276b435bdcb512c3b17d7f7261a3783076300c0603551d130101ff04023000300e0603551d0f0101ff04040302078030160603551d25040f300d060b2b060104018e378f650102301d0603551d0e04160414492bec7da65ed3a26737f506636daf513f4c65f0301f0603551d23041830168014a5cb7df34b6f723ddbdd028f099517a0f97b6dde300a06082a8648ce3d0403020348003045022100e5957b8fe6a6da1e612c0814dc481c94d4e9a8dcdcf89b4af17f654d5fdf57ab022031432e9a6127cda599ba077d0abbc693ea1f5a8e7cef9b7a91be576a7097d1ea}, 'dsc', null, 0);
insert into duplicate_mark (record_id, version, original_id, original_version) values (14, 9, 1, 1);
insert into exempt_cap (facility, cap) values ('01002', 30);
insert into facility (code, name, kind, province, commune, attestation_key) values ('79001', 'Trạm y tế Bến Nghé', 'commune', '79', null, {hex:3059301306072a8648ce3d020106082a8648ce3d030107034200049c18b98801613696b467416e1c7e561a027c0653bdc827d6838553dc65fc4722dce1b08d431fac99713cb029ea5a95388df5789311638005d257dc762bc2d86f});
insert into facility (code, name, kind, province, commune, attestation_key) values ('01002', 'Bệnh viện Bạch Mai', 'hospital', '01', null, {hex:3059301306072a8648ce3d020106082a8648ce3d0301070342000480cb183d6c7534ed856fce61d2dfc74dab7a9150b35f6f1ba099193db8c5dcf5052357411c860dd1b4f59ec6bc14d1422197a68511bf921fe122411b365c3000});
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
insert into lineage (id, subject_id, current_slot, is_open, merged) values (1, 1, 336198, 1, 0);
insert into lineage (id, subject_id, current_slot, is_open, merged) values (2, 4, 77264, 1, 0);
insert into lineage (id, subject_id, current_slot, is_open, merged) values (3, 5, 568313, 1, 0);
insert into lineage (id, subject_id, current_slot, is_open, merged) values (4, 6, 1044637, 1, 0);
insert into lot (product, lot, facility, expires_on, doses) values ('EU/1/21/1529', 'ABV1', '79001', '2022-01-31', 500);
insert into lot_use (facility, product, lot, entered) values ('79001', 'EU/1/21/1529', 'ABV1', 15);
insert into lot_use (facility, product, lot, entered) values ('01002', 'EU/1/21/1529', 'ABV1', 0);
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000001', '024000001', 'Nguyễn', 'Văn Ab', 'nguyễn văn ab', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000002', '024000002', 'Nguyễn', 'Văn Ac', 'nguyễn văn ac', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000003', '024000003', 'Nguyễn', 'Văn Ad', 'nguyễn văn ad', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000004', '024000004', 'Nguyễn', 'Văn Ae', 'nguyễn văn ae', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000005', '024000005', 'Nguyễn', 'Văn Af', 'nguyễn văn af', 1, '1985-02-03', '26734');
insert into population (identity_number, old_identity_number, family_name, given_name, name_key, sex, date_of_birth, commune) values ('079085000006', '024000006', 'Nguyễn', 'Văn Ag', 'nguyễn văn ag', 1, '1985-02-03', '26734');
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (1, '790011-1', 1, {hex:a2571c3c89eadf286fef8922a1a4bdf8fd406bee928ccc27123e2ed2ec01e3ac}, '79001', '1-1', 'Nguyễn', 'Văn Ab', 1, '1985-02-03', 0, '079085000001', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 1, null, 1, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (2, '790011-2', 1, {hex:0847beeb77af14d7f4d48b72ee99f08ff1123f6bb8939f414d849914bb72e73c}, '79001', '1-2', 'Nguyễn', 'Văn Ab', 1, '1985-02-03', 0, '079085000001', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 1, 0, null, 1, null, 1, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (3, '790011-3', 1, {hex:6bf0383c84476871d6ca4a06a3d22bef9931412730dd2eb434c8b573721c05ed}, '79001', '1-3', 'Nguyễn', 'Văn Ab', 1, '1985-02-03', 0, '079085000001', 'VNM', 'EU/1/21/1529', 'ABV1', 3, 2, '2021-12-28', 'test', 1772352000, 1, 0, null, 1, null, 1, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (4, '790012-1', 1, {hex:73a7697c0405a0ea7a6cfc6b8235abd5c10786e969d449c816b7ca351a332ea1}, '79001', '2-1', 'Nguyễn', 'Văn Ac', 1, '1985-02-03', 0, '079085000002', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 4, null, 1, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (5, '790012-2', 1, {hex:9eed028f0374e598d5c408adacf82afc054940a6ff25d7cc8bdfda038de5a052}, '79001', '2-2', 'Nguyễn', 'Văn Ac', 1, '1985-02-03', 0, '079085000002', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 1, 0, null, 4, null, 1, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (6, '790014-1', 1, {hex:c790884d6cb8bded20b79089bc99a69e595aa8bb3238c6a190c4dbd973182c59}, '79001', '4-1', 'Nguyễn', 'Văn Ae', 1, '1985-02-03', 0, '079085000004', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 5, null, 1, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (7, '010024-2', 1, {hex:e33bc946f7b8717888e2dc4c48c65a37c74cefbfaba60bb38d0d9d00d99097ac}, '01002', '4-2', 'Nguyễn', 'Văn Ae', 1, '1985-02-03', 0, '079085000004', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 1, 0, null, 5, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (8, '790015-1', 1, {hex:0b98b4667f4c533bcf513b22dbf5b81ae174bb560cd9fc8d307cae78885a5430}, '79001', '5-1', 'Nguyễn', 'Văn Af', 1, '1985-02-03', 0, '079085000005', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 6, null, 1, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (9, '790015-2', 1, {hex:d1fa8bd34accd9156222cb992167c43925e689a10bbb29074ae593da6fb7fd2a}, '79001', '5-2', 'Nguyễn', 'Văn Af', 1, '1985-02-03', 0, '079085000005', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 1, 0, null, 6, null, 1, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (10, '790013-1', 2, {hex:66a933fa13dfc42a4511fa10269cef01d09c71e072dd4d9b578e255e4b6d235a}, '79001', '3-1', 'Nguyễn', 'Văn Ad', 1, '1985-02-03', 0, '079085000003', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 1, 0, null, 13, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (11, '790013-2', 1, {hex:dcc0551237f14ac30a47dda762a14a1e83bffc56c274ff23176d0f711be968a7}, '79001', '3-2', 'Nguyễn', 'A Van', 1, '1985-02-03', 0, '079085000003', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 2, 1, null, null, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (12, '790016-1', 1, {hex:6243ae5b8245adbed7e8913010524ed826c3ac467fe3cbb4470a83767e8d1b95}, '79001', '6-1', 'Nguyễn', 'Văn Ag', 1, '1985-02-03', null, '', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 4, 0, null, null, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (14, '790016-2', 1, {hex:6578a4a8f67f87dfb4e8139a0c783c7bad2d8a80a3b36308b67dede0cd71cabc}, '79001', '6-2', 'Nguyễn', 'Văn Ag', 1, '1985-02-03', 0, '12', 'VNM', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 5, 0, null, null, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (15, '79001M12345678-1', 1, {hex:007aa68de42de8b2ad585d7e291507e07d9bacea2b02c1bbd0ba77c79ab56613}, '79001', 'M12345678-1', 'Kim', 'Min Ji', 0, '1985-02-03', 2, 'M12345678', 'KOR', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000, 6, 0, null, 14, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (16, '79001M87654321-2', 1, {hex:aa90a26fce6d0f6d2e7cbfc07626ad35347c6e5cd5f0433e1f4f2fa942ff3b1b}, '79001', 'M87654321-2', 'Kim', 'Min Ji', 0, '1985-02-03', 2, 'M87654321', 'KOR', 'EU/1/21/1529', 'ABV1', 2, 0, '2021-10-29', 'test', 1772352000, 6, 0, null, 14, null, 0, 0);
insert into record (id, submission_key, version, digest, facility, reference, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at, state, differs, suggestion, subject_id, duplicate_of, attested, held) values (17, '790016-3', 1, {hex:b23ac3fb54c24ac72ecb0832d2d95ac9953c0779a6168715569c321fa3807115}, '79001', '6-3', 'Nguyễn', 'Văn Ag', 1, '1985-02-03', 0, '079085000006', 'VNM', 'EU/1/21/1529', 'ABV1', 3, 0, '2021-12-28', 'test', 1772352000, 0, 0, null, null, null, 0, 3);
insert into record_version (record_id, version, digest, family_name, given_name, sex, date_of_birth, identity_type, identity_number, nationality, product, lot, dose_number, dose_kind, vaccinated_on, entered_by, entered_at) values (10, 1, {hex:20947abf45c3bffa47a26175455a4cf109eea3a032183d68a80144471d1e4943}, 'Nguyễn', 'Văn Ad', 0, '1985-02-03', 0, '079085000003', 'VNM', 'EU/1/21/1529', 'ABV1', 1, 0, '2021-08-30', 'test', 1772352000);
insert into schema_version (number) values (1);
insert into schema_version (number) values (2);
insert into schema_version (number) values (4);
insert into schema_version (number) values (5);
insert into setting (name, value) values ('environment', 'Development');
insert into setting (name, value) values ('nonce-key', '+VVfjIwzMr7utLDRq8gTZ8KgXLTgTeRoKxfYqoKpcDU=');
insert into setting (name, value) values ('high-water-clock', '1772352000');
insert into setting (name, value) values ('shortened-until', '1774944000');
insert into shard (number, seed, next_index) values (0, {hex:8a97b70c7beae8fc0cc61d8136464719b04559ad6070520ce85035567b890e21}, 5);
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (1, 5, 5, 'Nguyễn', 'Văn Ab', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AB|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (4, 3, 3, 'Nguyễn', 'Văn Ac', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AC|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (5, 4, 3, 'Nguyễn', 'Văn Ae', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AE|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (6, 3, 3, 'Nguyễn', 'Văn Af', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AF|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (13, 1, 0, 'Nguyễn', 'Văn Ad', 1, '1985-02-03', null, null, 'NGUYEN<VAN<AD|1|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (14, 2, 0, 'Kim', 'Min Ji', 0, '1985-02-03', null, null, 'KIM<MIN<JI|0|1985-02-03');
insert into subject (id, revision, decided, family_name, given_name, sex, date_of_birth, refusals, merged_by, look_key) values (15, 2, 2, 'Kim', 'Min Ji', 0, '1985-02-03', null, 2, 'KIM<MIN<JI|0|1985-02-03');
