-- expand: new tables
-- What has been published. The row of a sequence number is taken once: of two publishers one has come too late.
create table publication (
    sequence {id},
    issued_at bigint not null,
    next_update bigint not null,
    manifest text not null
);

-- Every file as it was signed, so that all instances serve the same bytes. ended_by: the publication without it.
create table published_file (
    path text not null,
    since bigint not null,
    content {blob} not null,
    content_type text not null,
    ended_by bigint,
    primary key (path, since)
);
create unique index published_file_current on published_file (path) where ended_by is null;
create index published_file_ended on published_file (ended_by) where ended_by is not null;
