-- What the crime and disorder committee recommends, and what is answered.
create table recommendation (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    title text not null,
    words text,
    addressee text not null,
    owner text,
    sent_on text not null,
    response text not null,
    responded_on text,
    reply text,
    action text,
    action_done_on text,
    evidence text,
    primary key (tenant, id),
    foreign key (tenant, addressee) references organisation (tenant, id),
    foreign key (tenant, owner) references person (tenant, id)
);
create index recommendation_list on recommendation (tenant, sent_on, id) where removed is null;
