-- The money: grants and their years, lines, posts and projects, budgets by year, spend by month,
-- virements and monitoring returns. All money is whole pence.
create table grant_agreement (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    reference text not null,
    title text not null,
    funder text not null,
    agreed_on text,
    ends text not null,
    purposes text,
    conditions text,
    underspend text not null,
    contact text,
    state text not null,
    state_reason text,
    state_on text,
    primary key (tenant, id),
    foreign key (tenant, funder) references organisation (tenant, id)
);
create index grant_agreement_list on grant_agreement (tenant, lower(reference), id) where removed is null;

-- What the funder gives for each financial year.
create table grant_year (
    tenant text not null references tenant (id),
    grant_agreement text not null,
    year text not null,
    amount bigint not null,
    primary key (tenant, grant_agreement, year),
    foreign key (tenant, grant_agreement) references grant_agreement (tenant, id)
);

create table grant_condition (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    grant_agreement text not null,
    words text not null,
    due text,
    met_on text,
    evidence text,
    primary key (tenant, id),
    foreign key (tenant, grant_agreement) references grant_agreement (tenant, id)
);
create index grant_condition_list on grant_condition (tenant, due, id) where removed is null;
create index grant_condition_of on grant_condition (tenant, grant_agreement, due) where removed is null;

create table grant_payment (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    grant_agreement text not null,
    name text not null,
    due text not null,
    amount bigint not null,
    received_on text,
    received bigint,
    primary key (tenant, id),
    foreign key (tenant, grant_agreement) references grant_agreement (tenant, id)
);
create index grant_payment_list on grant_payment (tenant, due, id) where removed is null;
create index grant_payment_of on grant_payment (tenant, grant_agreement, due) where removed is null;

create table match_funding (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    grant_agreement text not null,
    name text not null,
    giver text not null,
    kind text not null,
    year text not null,
    amount bigint not null,
    primary key (tenant, id),
    foreign key (tenant, grant_agreement) references grant_agreement (tenant, id),
    foreign key (tenant, giver) references organisation (tenant, id)
);
create index match_funding_list on match_funding (tenant, lower(name), id) where removed is null;
create index match_funding_of on match_funding (tenant, grant_agreement, year) where removed is null;

create table project (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    title text not null,
    about text,
    lead text,
    starts text,
    ends text,
    primary key (tenant, id),
    foreign key (tenant, lead) references person (tenant, id)
);
create index project_list on project (tenant, lower(title), id) where removed is null;

create table funded_post (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    title text not null,
    post text,
    remit text,
    full_time_equivalent bigint not null,
    starts text not null,
    ends text,
    notice_weeks bigint,
    at_risk_on text,
    primary key (tenant, id),
    foreign key (tenant, post) references post (tenant, id)
);
create index funded_post_list on funded_post (tenant, lower(title), id) where removed is null;

create table grant_line (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    grant_agreement text not null,
    title text not null,
    funded_post text,
    project text,
    rank bigint not null,
    variance text,
    state text not null,
    primary key (tenant, id),
    foreign key (tenant, grant_agreement) references grant_agreement (tenant, id),
    foreign key (tenant, funded_post) references funded_post (tenant, id),
    foreign key (tenant, project) references project (tenant, id)
);
create index grant_line_list on grant_line (tenant, rank, id) where removed is null;
create index grant_line_of on grant_line (tenant, grant_agreement, rank) where removed is null;
create index grant_line_of_post on grant_line (tenant, funded_post) where removed is null;

create table line_budget (
    tenant text not null references tenant (id),
    line text not null,
    year text not null,
    amount bigint not null check (amount >= 0),
    primary key (tenant, line, year),
    foreign key (tenant, line) references grant_line (tenant, id)
);
create table line_month (
    tenant text not null references tenant (id),
    line text not null,
    month text not null,
    forecast bigint,
    actual bigint,
    committed bigint,
    primary key (tenant, line, month),
    foreign key (tenant, line) references grant_line (tenant, id)
);

create table virement (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    reason text not null,
    from_line text not null,
    to_line text not null,
    year text not null,
    amount bigint not null,
    state text not null,
    state_reason text,
    consent_on text,
    consent text,
    primary key (tenant, id),
    foreign key (tenant, from_line) references grant_line (tenant, id),
    foreign key (tenant, to_line) references grant_line (tenant, id)
);
create index virement_list on virement (tenant, changed, id) where removed is null;

create table monitoring_return (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    grant_agreement text not null,
    quarter text not null,
    due text,
    due_rule text,
    narrative text,
    outcomes text,
    underspend text,
    case_study text,
    state text not null,
    state_reason text,
    author text,
    checker text,
    submitted text,
    primary key (tenant, id),
    foreign key (tenant, grant_agreement) references grant_agreement (tenant, id),
    foreign key (tenant, author) references person (tenant, id),
    foreign key (tenant, checker) references person (tenant, id)
);
create index monitoring_return_list on monitoring_return (tenant, due, id) where removed is null;
create unique index monitoring_return_once on monitoring_return (tenant, grant_agreement, quarter) where removed is null;

-- What a return said when it was submitted, and what each figure rests on.
create table return_figure (
    tenant text not null references tenant (id),
    monitoring_return text not null,
    submission bigint not null,
    number bigint not null,
    name text not null,
    words text not null,
    amount bigint,
    source text not null,
    primary key (tenant, monitoring_return, submission, number),
    foreign key (tenant, monitoring_return) references monitoring_return (tenant, id)
);
