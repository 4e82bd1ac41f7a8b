-- The strategic assessment of each year, and what was asked of the people who live and work in the area.
create table assessment (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    title text not null,
    year text not null,
    scope text,
    levels text,
    changes text,
    reasons text,
    priorities text,
    public_priorities text,
    last_plan text,
    practitioners text,
    decision text,
    state text not null,
    state_note text,
    state_on text,
    approved_on text,
    primary key (tenant, id),
    foreign key (tenant, decision) references decision (tenant, id)
);
create index assessment_list on assessment (tenant, lower(year), id) where removed is null;

create table consultation (
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
    held_on text not null,
    assessment text,
    groups_asked text,
    affected_asked bigint not null,
    people bigint,
    said text,
    primary key (tenant, id),
    foreign key (tenant, assessment) references assessment (tenant, id)
);
create index consultation_list on consultation (tenant, held_on, id) where removed is null;
create index consultation_of on consultation (tenant, assessment, held_on) where removed is null;
