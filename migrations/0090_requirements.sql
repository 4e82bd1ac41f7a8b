-- What the law lets others ask of the partnership, what each authority disclosed of each quarter, and
-- what the plan says of the duties it serves.
create table requirement (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    kind text not null,
    title text not null,
    words text,
    owner text,
    asked_on text not null,
    due text not null,
    met_on text,
    shown_by text,
    primary key (tenant, id),
    foreign key (tenant, owner) references person (tenant, id)
);
create index requirement_list on requirement (tenant, asked_on, id) where removed is null;
create index requirement_of on requirement (tenant, owner, due) where removed is null and met_on is null;

create table data_receipt (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    title text not null,
    data_set text not null,
    holder text not null,
    period_from text not null,
    received_on text not null,
    row_count bigint,
    remarks text,
    primary key (tenant, id),
    foreign key (tenant, holder) references organisation (tenant, id)
);
create index data_receipt_list on data_receipt (tenant, period_from, id) where removed is null;

alter table plan_year add column objectives text;
alter table plan_year add column engagement text;
alter table plan_year add column local_help text;
