-- expand: older programs keep to all of it
-- optional: no statement needs a rule
-- What a row refers to is there, and what it says can be. A constraint is for what is written from now on; valid looks
-- at what is there. Each engine has its own way (ConstraintScript). docs/design/storage.md says what has no rule here,
-- and why. Numbers of lists that grow have no upper end: a reason more is no change of the schema.
-- change: of record
{constraint record record_flags check (attested in (0, 1) and withdrawn in (0, 1) and sex in (0, 1))}
{constraint record record_states check (state >= 0 and held >= 0 and differs between 0 and 15 and version > 0)}
{constraint record record_repeats_another check (duplicate_of is null or duplicate_of <> id)}
-- change: and of what is there
{valid record record_flags}
{valid record record_states}
{valid record record_repeats_another}
-- change: of record_version
{constraint record_version record_version_of foreign key (record_id) references record (id)}
{constraint record_version record_version_flags check (sex in (0, 1) and version > 0)}
-- change: and of what is there
{valid record_version record_version_of}
{valid record_version record_version_flags}
-- change: of attestation
{constraint attestation attestation_of foreign key (record_id) references record (id)}
-- change: and of what is there
{valid attestation attestation_of}
-- change: of suggestion
{constraint suggestion suggestion_of foreign key (record_id) references record (id)}
-- change: and of what is there
{valid suggestion suggestion_of}
-- change: of correction
{constraint correction correction_of foreign key (record_id) references record (id)}
-- change: and of what is there
{valid correction correction_of}
-- change: of duplicate_mark
{constraint duplicate_mark duplicate_mark_of foreign key (record_id) references record (id)}
{constraint duplicate_mark duplicate_mark_original foreign key (original_id) references record (id)}
{constraint duplicate_mark duplicate_mark_another check (original_id <> record_id)}
-- change: and of what is there
{valid duplicate_mark duplicate_mark_of}
{valid duplicate_mark duplicate_mark_original}
{valid duplicate_mark duplicate_mark_another}
-- change: of course_question
{constraint course_question course_question_of foreign key (record_id) references record (id)}
{constraint course_question course_question_subject foreign key (subject_id) references subject (id)}
{constraint course_question course_question_other foreign key (other_id) references record (id)}
-- change: and of what is there
{valid course_question course_question_of}
{valid course_question course_question_subject}
{valid course_question course_question_other}
-- change: of confirmed_dose
{constraint confirmed_dose confirmed_dose_of foreign key (record_id) references record (id)}
-- change: and of what is there
{valid confirmed_dose confirmed_dose_of}
-- change: of identity_document
{constraint identity_document identity_document_of foreign key (subject_id) references subject (id)}
-- change: and of what is there
{valid identity_document identity_document_of}
-- change: of subject
{constraint subject subject_merged_by foreign key (merged_by) references approval (id)}
{constraint subject subject_decided check (decided <= revision and sex in (0, 1))}
-- change: and of what is there
{valid subject subject_merged_by}
{valid subject subject_decided}
-- change: of lineage
{constraint lineage lineage_of foreign key (subject_id) references subject (id)}
{constraint lineage lineage_flags check (is_open in (0, 1) and merged in (0, 1))}
-- change: and of what is there
{valid lineage lineage_of}
{valid lineage lineage_flags}
-- change: of certificate
{constraint certificate certificate_lineage foreign key (lineage_id) references lineage (id)}
{constraint certificate certificate_predecessor foreign key (predecessor) references certificate (slot)}
{constraint certificate certificate_signed check ((signature is null) = (revocation_hash is null)
    and (abandoned = 0 or signature is null) and abandoned in (0, 1))}
{constraint certificate certificate_term check (expires_at > issued_at and dose_number > 0)}
-- change: and of what is there
{valid certificate certificate_lineage}
{valid certificate certificate_predecessor}
{valid certificate certificate_signed}
{valid certificate certificate_term}
-- change: of hand_out
{constraint hand_out hand_out_of foreign key (slot) references certificate (slot)}
-- change: and of what is there
{valid hand_out hand_out_of}
-- change: of revocation
{constraint revocation revocation_of foreign key (slot) references certificate (slot)}
{constraint revocation revocation_approval foreign key (approval_id) references approval (id)}
{constraint revocation revocation_undone check (
    (undone_at is null) = (undone_by is null) and (undone_at is null) = (undone_reason is null))}
{constraint revocation revocation_times check (effective_at >= decided_at
    and (suspended_until is null or suspended_until > decided_at))}
-- change: and of what is there
{valid revocation revocation_of}
{valid revocation revocation_approval}
{valid revocation revocation_undone}
{valid revocation revocation_times}
-- change: of dsc
{constraint dsc dsc_flags check (withdrawn in (0, 1))}
-- change: and of what is there
{valid dsc dsc_flags}
-- change: of approval
{constraint approval approval_by_two check (
    state <> 1 or (decided_by is not null and decided_by <> requested_by))}
{constraint approval approval_decided check ((state = 0) = (decided_at is null) and expires_at > requested_at)}
-- change: and of what is there
{valid approval approval_by_two}
{valid approval approval_decided}
-- change: of exempt_cap
{constraint exempt_cap exempt_cap_of foreign key (facility) references facility (code)}
-- change: and of what is there
{valid exempt_cap exempt_cap_of}
-- change: of bulk_act
{constraint bulk_act bulk_act_approval foreign key (approval_id) references approval (id)}
{constraint bulk_act bulk_act_counts check (of_records in (0, 1) and size >= 0 and done + left_alone <= size)}
-- change: and of what is there
{valid bulk_act bulk_act_approval}
{valid bulk_act bulk_act_counts}
-- change: of bulk_item
{constraint bulk_item bulk_item_of foreign key (bulk_id) references bulk_act (id)}
-- change: and of what is there
{valid bulk_item bulk_item_of}
-- change: of report
{constraint report report_facility foreign key (facility) references facility (code)}
{constraint report report_record foreign key (record_id) references record (id)}
{constraint report report_answered_record foreign key (answered_record) references record (id)}
{constraint report report_answered check ((state = 0) = (answered_at is null))}
-- change: and of what is there
{valid report report_facility}
{valid report report_record}
{valid report report_answered_record}
{valid report report_answered}
-- change: of import_job
{constraint import_job import_job_ended check ((state = 0) = (ended_at is null))}
-- change: and of what is there
{valid import_job import_job_ended}
-- change: of import_fault
{constraint import_fault import_fault_of foreign key (job_id) references import_job (id)}
-- change: and of what is there
{valid import_fault import_fault_of}
-- change: of progress_day
{constraint progress_day progress_day_facility foreign key (facility) references facility (code)}
-- change: and of what is there
{valid progress_day progress_day_facility}
-- change: of publication
{constraint publication publication_times check (next_update > issued_at)}
-- change: and of what is there
{valid publication publication_times}
-- change: of published_file
{constraint published_file published_file_since foreign key (since) references publication (sequence)}
{constraint published_file published_file_ended foreign key (ended_by) references publication (sequence)}
-- change: and of what is there
{valid published_file published_file_since}
{valid published_file published_file_ended}
