-- Organisations, people and posts (records), and what lets people in. Every table of records has version, created, created_by, changed,
-- changed_by and removed.
create table organisation (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    name text not null,
    short_name text,
    kind text not null,
    valid_from text,
    valid_to text,
    notes text,
    primary key (tenant, id)
);
create index organisation_list on organisation (tenant, lower(name), id, removed) where removed is null;

create table succession (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    predecessor text not null,
    successor text not null,
    took_effect text not null,
    notes text,
    primary key (tenant, id),
    foreign key (tenant, predecessor) references organisation (tenant, id),
    foreign key (tenant, successor) references organisation (tenant, id)
);
create unique index succession_once on succession (tenant, predecessor, successor) where removed is null;
create index succession_list on succession (tenant, took_effect, id, removed) where removed is null;

create table person (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    name text not null,
    email text not null,
    role text not null,
    organisation text,
    job_title text,
    phone text,                     -- sealed
    active_from text,
    active_to text,
    notes text,
    primary key (tenant, id),
    foreign key (tenant, organisation) references organisation (tenant, id)
);
create unique index person_email on person (tenant, lower(email)) where removed is null;
create index person_list on person (tenant, lower(name), id, removed) where removed is null;
create index person_organisation on person (tenant, organisation);

create table post (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    title text not null,
    organisation text not null,
    person text,                    -- null: nobody holds it
    held_from text,
    held_to text,
    senior bigint not null,
    full_time_equivalent bigint,    -- in hundredths
    primary key (tenant, id),
    foreign key (tenant, organisation) references organisation (tenant, id),
    foreign key (tenant, person) references person (tenant, id)
);
create index post_list on post (tenant, lower(title), id, removed) where removed is null;
create index post_organisation on post (tenant, organisation);
create index post_person on post (tenant, person);

-- How a person proves who they are. Never a record: nothing lists, exports or shows it.
create table credential (
    tenant text not null references tenant (id),
    person text not null,
    password_hash text,             -- Argon2id; null: none chosen yet
    password_changed text,
    one_time_secret text,           -- sealed; null: no second factor yet
    one_time_step bigint,           -- the last one used: no code works twice
    primary key (tenant, person),
    foreign key (tenant, person) references person (tenant, id) on delete cascade
);
create table recovery_code (
    tenant text not null references tenant (id),
    person text not null,
    hash text not null,
    primary key (tenant, person, hash),
    foreign key (tenant, person) references person (tenant, id) on delete cascade
);
-- An account elsewhere with which a person signs in (OpenID Connect).
create table external_account (
    tenant text not null references tenant (id),
    issuer text not null,
    subject text not null,
    person text not null,
    linked text not null,
    primary key (tenant, issuer, subject),
    foreign key (tenant, person) references person (tenant, id) on delete cascade
);

create table session (
    tenant text not null references tenant (id),
    id text not null,
    token_hash text not null unique,
    person text not null,
    device text not null,
    proved_by text not null,        -- "password and one-time code"
    began text not null,
    seen text not null,
    idle_until text not null,
    absolute_until text not null,
    primary key (tenant, id),
    foreign key (tenant, person) references person (tenant, id) on delete cascade
);
create index session_person on session (tenant, person);
create index session_idle on session (idle_until);

-- What lets its bearer do one thing once: an invitation, a reset, the next step of signing in.
create table ticket (
    tenant text not null references tenant (id),
    token_hash text not null,
    purpose text not null,
    person text,
    secret text,                    -- sealed: what the step needs to remember
    expires text not null,
    used text,
    primary key (tenant, token_hash),
    foreign key (tenant, person) references person (tenant, id) on delete cascade
);
create index ticket_person on ticket (tenant, person, purpose);
create index ticket_expires on ticket (expires);

-- Failures in a row by an account or from an address; both are kept as keyed hashes, for people mistype passwords into any field.
create table sign_in_failure (
    tenant text not null references tenant (id),
    subject text not null,
    failures bigint not null,
    latest text not null,
    wait_until text not null,
    primary key (tenant, subject)
);
create index sign_in_failure_latest on sign_in_failure (latest);

-- Who may know of a record that is restricted.
create table access_list (
    tenant text not null references tenant (id),
    kind text not null,
    record text not null,
    person text not null,
    granted text not null,
    granted_by text,
    primary key (tenant, kind, record, person),
    foreign key (tenant, person) references person (tenant, id) on delete cascade
);
create index access_list_person on access_list (tenant, person, kind);

-- Only one tenant can do without a host.
create unique index tenant_without_host on tenant (coalesce(host, ''));
