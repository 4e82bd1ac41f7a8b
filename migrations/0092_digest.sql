-- The daily e-mail of each person who was ever sent one, or turned it off.
create table digest (
    tenant text not null references tenant (id),
    person text not null,
    off bigint not null,
    told_until text,                -- what came to be later is new
    primary key (tenant, person),
    foreign key (tenant, person) references person (tenant, id)
);
