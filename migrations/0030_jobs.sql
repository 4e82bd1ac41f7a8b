-- Work to be done in the background. The tenant is '*' for work of the whole installation, so it refers to no row.
create table job (
    tenant text not null,
    id text not null,
    kind text not null,
    payload text not null,          -- JSON; empty once the job is done
    state text not null check (state in ('waiting', 'running', 'done', 'dead')),
    unique_key text,
    run_at text not null,           -- not before
    attempts bigint not null default 0,
    claim text,                     -- while running: of whoever runs it
    lease text,                     -- while running: until when it is theirs
    error text,                     -- of the last attempt that failed, a sentence
    created text not null,
    finished text,
    primary key (tenant, id),
    unique (tenant, kind, unique_key)
);
create index job_waiting on job (run_at) where state = 'waiting';
create index job_running on job (lease) where state = 'running';
create index job_of_tenant on job (tenant, state, created);

-- When each schedule is next due.
create table schedule (
    tenant text not null,           -- '*': schedules are the installation's
    name text not null,
    rule text not null,             -- in words; when a new version changes it, the moment is worked out again
    due text not null,
    primary key (tenant, name)
);
