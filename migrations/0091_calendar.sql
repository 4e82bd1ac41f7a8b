-- The address at which somebody's calendar is read without signing in. One a person.
create table calendar_feed (
    tenant text not null references tenant (id),
    person text not null,
    token_hash text not null,
    made text not null,
    fetched text,
    primary key (tenant, person),
    foreign key (tenant, person) references person (tenant, id)
);
create unique index calendar_feed_token on calendar_feed (token_hash);
