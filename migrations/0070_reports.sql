-- What reports say besides the records of the work: each report's own details, and how reports name a
-- member, tell an action and look ahead.
create table report_details (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    report text not null,
    report_of text,
    addressed_to text,
    title text,
    purpose text,
    approved_by text,
    policy_framework text,
    recommendations text,
    contact text,
    background_papers text,
    edition text,
    plan_name text,
    website text,
    role_words text,
    primary key (tenant, id)
);
create index report_details_list on report_details (tenant, lower(report), id) where removed is null;

alter table membership add column in_reports text;
alter table plan_year add column challenges text;
alter table action add column in_reports text;
alter table action add column report_figures text;
