-- A tenant is one partnership. Its own row is the only one that is not scoped by tenant: it is found by the host that a
-- request names.
create table tenant (
    id text primary key,
    name text not null,
    place text not null,            -- as it stands in a sentence: "Oxford"
    host text unique,               -- "oxford.example"; null: the only one there is
    example bigint not null default 0,
    created text not null
);
