-- The rolling plan: a strategy of three years, its yearly refreshes, their priorities and actions,
-- and what was said of each action each quarter.
create table strategy (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    title text not null,
    first_year text not null,
    aims text,
    state text not null,
    state_note text,
    primary key (tenant, id)
);
create index strategy_list on strategy (tenant, lower(first_year), id) where removed is null;

create table plan_year (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    strategy text not null,
    year text not null,
    summary text,
    refreshed_on text,
    primary key (tenant, id),
    foreign key (tenant, strategy) references strategy (tenant, id)
);
create index plan_year_list on plan_year (tenant, lower(year), id) where removed is null;
create unique index plan_year_once on plan_year (tenant, year) where removed is null;

create table priority (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    plan_year text not null,
    number bigint not null,
    title text not null,
    includes text,
    limb_crime bigint not null,
    limb_substances bigint not null,
    limb_reoffending bigint not null,
    limb_violence bigint not null,
    ratified_on text,
    ratified_minute text,
    carried_from text,
    primary key (tenant, id),
    foreign key (tenant, plan_year) references plan_year (tenant, id),
    foreign key (tenant, carried_from) references priority (tenant, id)
);
create index priority_list on priority (tenant, number, id) where removed is null;
create index priority_of_year on priority (tenant, plan_year, number) where removed is null;

create table action (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    ref text not null,
    title text not null,
    about text,
    priority text not null,
    activity_group text not null,
    added_value text not null,
    lead_organisation text not null,
    lead text,
    post text,
    starts text not null,
    due text not null,
    resources text,
    budget bigint,
    funding text,
    state text not null,
    state_reason text,
    state_on text,
    carried_from text,
    primary key (tenant, id),
    foreign key (tenant, priority) references priority (tenant, id),
    foreign key (tenant, lead_organisation) references organisation (tenant, id),
    foreign key (tenant, lead) references person (tenant, id),
    foreign key (tenant, post) references post (tenant, id),
    foreign key (tenant, carried_from) references action (tenant, id)
);
create index action_list on action (tenant, lower(ref), id) where removed is null;
create index action_of_priority on action (tenant, priority) where removed is null;
create index action_of_lead on action (tenant, lead, due) where removed is null;
create index action_of_post on action (tenant, post) where removed is null;
create index action_carried on action (tenant, carried_from) where removed is null;

-- With whom, measured by what, and where.
create table action_partner (
    tenant text not null references tenant (id),
    action text not null,
    organisation text not null,
    primary key (tenant, action, organisation),
    foreign key (tenant, action) references action (tenant, id),
    foreign key (tenant, organisation) references organisation (tenant, id)
);
create table action_measure (
    tenant text not null references tenant (id),
    action text not null,
    measure text not null,
    primary key (tenant, action, measure),
    foreign key (tenant, action) references action (tenant, id)
);
create table action_place (
    tenant text not null references tenant (id),
    action text not null,
    place text not null,
    primary key (tenant, action, place),
    foreign key (tenant, action) references action (tenant, id)
);

create table progress (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    action text not null,
    quarter text not null,
    rag text,
    percent bigint,
    done text,
    next text,
    person text,
    asked text,
    reminded text,
    answered text,
    primary key (tenant, id),
    foreign key (tenant, action) references action (tenant, id),
    foreign key (tenant, person) references person (tenant, id)
);
create index progress_list on progress (tenant, lower(quarter), id) where removed is null;
create index progress_waiting on progress (tenant, person, asked)
    where removed is null and answered is null;
create unique index progress_once on progress (tenant, action, quarter) where removed is null;
