-- The risk register.
create table risk (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    title text not null,
    cause text not null,
    effect text not null,
    likelihood bigint not null,
    impact bigint not null,
    likelihood_after bigint not null,
    impact_after bigint not null,
    mitigation text,
    owner text,
    review_on text,
    closed_on text,
    primary key (tenant, id),
    foreign key (tenant, owner) references person (tenant, id)
);
create index risk_list on risk (tenant, lower(title), id) where removed is null;
create index risk_review on risk (tenant, owner, review_on) where removed is null;
