-- expand: policies as versions: what two people imported, and under number 0 a file that was found beside a store of
-- before. No row of a kind: what is shipped holds.
create table policy_version (
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
