-- The two logs. Their rows can be added and never changed; platform/db/ledger.hpp says how that is proved.
create table change_log (
    tenant text not null references tenant (id),
    chain text not null,
    number bigint not null,
    at text not null,
    person text,
    request text,
    act text not null,
    kind text not null,
    record text,
    version bigint not null,
    detail text not null,
    hash text not null,
    primary key (tenant, chain, number)
);
create index change_log_record on change_log (tenant, kind, record, at);
create index change_log_person on change_log (tenant, person, at);
create index change_log_latest on change_log (tenant, at);

create table seen_log (
    tenant text not null references tenant (id),
    chain text not null,
    number bigint not null,
    at text not null,
    person text,
    request text,
    act text not null,
    kind text not null,
    record text,
    version bigint not null,
    detail text not null,
    hash text not null,
    primary key (tenant, chain, number)
);
create index seen_log_record on seen_log (tenant, kind, record, at);
create index seen_log_person on seen_log (tenant, person, at);
-- append-only change_log
-- append-only seen_log
