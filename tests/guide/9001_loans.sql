-- Equipment that the partnership lends.
create table loan (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    item text not null,
    kind text not null,
    serial_number text,
    borrower text,
    contact text,
    value bigint,
    lent_on text not null,
    due_back text,
    returned bigint not null,
    notes text,
    primary key (tenant, id),
    foreign key (tenant, borrower) references organisation (tenant, id)
);
create index loan_by_item on loan (tenant, lower(item), id) where removed is null;
create index loan_by_kind on loan (tenant, kind, lower(item), id) where removed is null;
