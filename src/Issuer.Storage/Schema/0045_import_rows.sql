-- expand: refused rows of an import in the columns that they came in, and how often a job was begun without getting on.
-- The header is a JSON array of its cells; without one (NDJSON, and jobs from before), cells stand in the order of the
-- record's fields. Attempts are counted before work begins, so that one which kills the process counts as well.
alter table import_job add column renumbered bigint not null default 0;
alter table import_job add column attempts bigint not null default 0;
alter table import_job add column header text;
alter table import_job add column separator text;
