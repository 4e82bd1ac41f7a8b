-- Files of others brought into the records: what is being prepared, and what each import made and changed.
create table record_import (
    tenant text not null references tenant (id),
    id text not null,
    kind text not null,             -- the table of the records
    file_name text not null,
    state text not null check (state in ('draft', 'waiting', 'done', 'undone')),
    content text not null,          -- sealed: the sheets as JSON; once done, of the rows refused only
    choices text not null,          -- sealed: JSON, the sheet, its headings and what was answered
    rows_refused bigint not null default 0,
    created text not null,
    created_by text not null,
    finished text,
    undone text,
    undone_by text,
    primary key (tenant, id),
    foreign key (tenant, created_by) references person (tenant, id)
);
create index record_import_of_kind on record_import (tenant, kind, created);

create table imported_record (
    tenant text not null references tenant (id),
    import text not null,
    record text not null,
    act text not null check (act in ('made', 'changed')),
    version bigint not null,        -- that the import left
    own bigint not null,            -- whether its own fields were changed
    beside text,                    -- sealed: JSON, facts beside its fields, before and after
    undone text,                    -- when; empty after undoing: somebody had changed it since
    primary key (tenant, import, record),
    foreign key (tenant, import) references record_import (tenant, id)
);

-- Which column is which field, and what names mean, for files with these headings.
create table import_mapping (
    tenant text not null references tenant (id),
    kind text not null,
    headings text not null,         -- a keyed hash of them, in lower case and without signs
    mapping text not null,          -- JSON
    changed text not null,
    primary key (tenant, kind, headings)
);
