-- One row for each record that has a title. The engines' own full-text indexes follow it.
-- only sqlite
create table search_entry (
    entry integer primary key,      -- what the index calls the row
    tenant text not null references tenant (id),
    kind text not null,
    record text not null,
    title text not null,
    words text not null,
    body text,
    owner text,
    restricted bigint not null,
    removed bigint not null,
    changed text not null,
    unique (tenant, kind, record)
);
create virtual table search_words using fts5 (
    title, words, content = 'search_entry', content_rowid = 'entry',
    tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3'
);
create trigger search_entry_inserted after insert on search_entry begin
    insert into search_words (rowid, title, words) values (new.entry, new.title, new.words);
end;
create trigger search_entry_deleted after delete on search_entry begin
    insert into search_words (search_words, rowid, title, words)
    values ('delete', old.entry, old.title, old.words);
end;
create trigger search_entry_updated after update on search_entry
    when old.title is not new.title or old.words is not new.words begin
    insert into search_words (search_words, rowid, title, words)
    values ('delete', old.entry, old.title, old.words);
    insert into search_words (rowid, title, words) values (new.entry, new.title, new.words);
end;
-- only postgresql
create table search_entry (
    tenant text not null references tenant (id),
    kind text not null,
    record text not null,
    title text not null,
    words text not null,
    body text,
    owner text,
    restricted bigint not null,
    removed bigint not null,
    changed text not null,
    -- Punctuation parts words, as it does in SQLite: no addresses, host names or compounds as words of their own.
    found_by tsvector not null generated always as (
        setweight(to_tsvector('english', regexp_replace(title, '[[:punct:]]+', ' ', 'g')), 'A') ||
        setweight(to_tsvector('english', regexp_replace(words, '[[:punct:]]+', ' ', 'g')), 'B')) stored,
    primary key (tenant, kind, record)
);
create index search_entry_words on search_entry using gin (found_by);
-- both
