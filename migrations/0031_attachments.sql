-- Files kept with records. Their content lies sealed in HOME/attachments.
create table attachment (
    tenant text not null references tenant (id),
    id text not null,
    kind text not null,             -- the record's table
    record text not null,
    name text not null,
    type text not null,
    bytes bigint not null,
    sha256 text not null,           -- of the content before it was sealed, hexadecimal
    scanned text not null check (scanned in ('clean', 'not scanned')),
    created text not null,
    created_by text,
    removed text,
    primary key (tenant, id)
);
create index attachment_record on attachment (tenant, kind, record);
