-- PostgreSQL asks an index for words only where no row-level security stands before it: `@@` might tell of other rows, so
-- under a policy every row of the table is read. This function stands in for the policy: it shows the rows of the
-- transaction's tenant and no others, and its owner may use the index. Whoever serves still cannot read past the policy.
-- only postgresql
alter table search_entry no force row level security;
create function search_matching(wanted text)
    returns table (tenant text, kind text, record text, title text, words text, body text, owner text,
                   restricted bigint, removed bigint, changed text, ranking real)
    language sql stable security definer set search_path from current
    -- Matching costs far more than the planner believes.
    set enable_seqscan = off
    rows 100
as $$
    select e.tenant, e.kind, e.record, e.title, e.words, e.body, e.owner, e.restricted, e.removed, e.changed,
           ts_rank(e.found_by, to_tsquery('english', wanted))
    from search_entry e
    where e.found_by @@ to_tsquery('english', wanted)
      and e.tenant = current_setting('wardmote.tenant', true)
$$;
revoke all on function search_matching(text) from public;
grant execute on function search_matching(text) to wardmote_service;
-- both
