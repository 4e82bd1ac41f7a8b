-- Members of the partnership and its documents.
create table membership (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    organisation text not null,
    standing text not null,
    joined text,
    left_on text,
    notes text,
    primary key (tenant, id),
    foreign key (tenant, organisation) references organisation (tenant, id)
);
create index membership_list on membership (tenant, standing, id, removed) where removed is null;

create table document (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    title text not null,
    kind text not null,
    marking text not null,
    owner text,
    review_on text,
    about text,
    restricted bigint not null,
    primary key (tenant, id),
    foreign key (tenant, owner) references person (tenant, id)
);
create index document_list on document (tenant, lower(title), id, removed) where removed is null;
create index document_review on document (tenant, owner, review_on) where removed is null;

create table document_version (
    tenant text not null references tenant (id),
    document text not null,
    number bigint not null,
    attachment text not null,
    note text,
    created text not null,
    created_by text,
    primary key (tenant, document, number),
    foreign key (tenant, document) references document (tenant, id),
    foreign key (tenant, attachment) references attachment (tenant, id)
);
