-- contract: gateway_key becomes believed_key
-- Other countries' certificates that were believed, by where (source): what one drops another may still vouch for. One
-- that left stays as history: its return tells an older list, and its leaving explains a published list that shrank.
create table believed_key (
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
insert into believed_key (source, thumbprint, kind, country, kid, der, listed_at, left_at)
select 'gateway', thumbprint, kind, country, kid, der, listed_at, left_at from gateway_key;
drop table gateway_key;

-- A batch whose deletion was accepted stays until it expires: it explains why its hashes left what is published.
alter table gateway_batch add column left_at bigint;
