-- expand: questions about a person's doses, from the decision that finds one to the decision that finds it no more.
-- A record raises at most one. No row: nothing is asked.
create table course_question (
    record_id bigint primary key,
    reason bigint not null,
    subject_id bigint not null,
    other_id bigint,
    missing bigint,
    asked_at bigint not null
);
create index course_question_subject on course_question (subject_id);
create index course_question_other on course_question (other_id) where other_id is not null;
