-- Meetings of the partnership: agenda, papers, who came, what was decided and who does what.
alter table document add column dated_on text;

create table meeting (
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
    starts text not null,
    ends text,
    venue text,
    chair text,
    theme text,
    themed_part text,
    quorum bigint,
    state text not null,
    state_reason text,
    primary key (tenant, id),
    foreign key (tenant, chair) references person (tenant, id)
);
create index meeting_list on meeting (tenant, starts, id) where removed is null;

create table agenda_item (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    meeting text not null,
    position bigint not null,
    title text not null,
    kind text not null,
    minutes_allotted bigint,
    presenter text,
    section_17 text,
    minutes text,
    primary key (tenant, id),
    foreign key (tenant, meeting) references meeting (tenant, id)
);
create index agenda_item_list on agenda_item (tenant, position, id) where removed is null;
create index agenda_item_meeting on agenda_item (tenant, meeting, position) where removed is null;

-- A file that belongs to an item. A late one has its number among the meeting's supplements.
create table meeting_paper (
    tenant text not null references tenant (id),
    meeting text not null,
    item text not null,
    attachment text not null,
    position bigint not null,
    title text not null,
    pages bigint not null,
    supplement bigint,
    created text not null,
    created_by text,
    primary key (tenant, meeting, position),
    foreign key (tenant, meeting) references meeting (tenant, id),
    foreign key (tenant, item) references agenda_item (tenant, id),
    foreign key (tenant, attachment) references attachment (tenant, id)
);

-- The papers of a meeting as one file: an edition for each time it was made.
create table board_pack (
    tenant text not null references tenant (id),
    meeting text not null,
    edition bigint not null,
    attachment text not null,
    pages bigint not null,
    contents text not null,         -- JSON: the first page of each part
    created text not null,
    created_by text,
    primary key (tenant, meeting, edition),
    foreign key (tenant, meeting) references meeting (tenant, id),
    foreign key (tenant, attachment) references attachment (tenant, id)
);

create table attendance (
    tenant text not null references tenant (id),
    meeting text not null,
    person text not null,
    organisation text not null,
    status text not null,
    primary key (tenant, meeting, person),
    foreign key (tenant, meeting) references meeting (tenant, id),
    foreign key (tenant, person) references person (tenant, id),
    foreign key (tenant, organisation) references organisation (tenant, id)
);

create table decision (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    meeting text not null,
    number bigint not null,
    words text not null,
    item text,
    primary key (tenant, id),
    foreign key (tenant, meeting) references meeting (tenant, id),
    foreign key (tenant, item) references agenda_item (tenant, id)
);
create index decision_list on decision (tenant, number, id) where removed is null;
create unique index decision_number on decision (tenant, meeting, number);

create table board_action (
    tenant text not null references tenant (id),
    id text not null,
    version bigint not null,
    created text not null,
    created_by text,
    changed text not null,
    changed_by text,
    removed text,
    words text not null,
    meeting text not null,
    item text,
    owner text,
    organisation text,
    due text not null,
    done_on text,
    outcome text,
    primary key (tenant, id),
    foreign key (tenant, meeting) references meeting (tenant, id),
    foreign key (tenant, item) references agenda_item (tenant, id),
    foreign key (tenant, owner) references person (tenant, id),
    foreign key (tenant, organisation) references organisation (tenant, id)
);
create index board_action_list on board_action (tenant, due, id) where removed is null;
create index board_action_owner on board_action (tenant, owner, due) where removed is null;
create index board_action_meeting on board_action (tenant, meeting) where removed is null;
