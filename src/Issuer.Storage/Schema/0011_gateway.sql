-- expand: new tables
-- What the gateway has of ours (kind: UploadKind), by the SHA-256 of its content.
create table gateway_upload (
    kind bigint not null,
    digest {blob} not null,
    kid text not null,
    -- The gateway's name for a batch; null: it never told.
    remote_id text,
    uploaded_at bigint not null,
    primary key (kind, digest)
);

-- Other countries' certificates that were believed; kind as the gateway writes it. One that left stays as history:
-- its return tells an older list.
create table gateway_key (
    thumbprint text primary key,
    kind text not null,
    country text not null,
    kid text not null,
    der {blob} not null,
    listed_at bigint not null,
    left_at bigint
);

-- Other countries' revocation batches. kid null: any DSC of the country. hashes: 16 bytes each.
create table gateway_batch (
    id text primary key,
    country text not null,
    kid text,
    hash_type bigint not null,
    expires_at bigint not null,
    hashes {blob} not null
);
