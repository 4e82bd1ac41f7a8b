-- Fifty people at work, for wrk: they read lists, records, searches and their home, and change records. Each connection is
-- one signed-in person. WARDMOTE_LOAD names a folder with
--   people   a line each: cookie, a tab, CSRF token
--   records  a line each: the id of a post
-- An acknowledged write is printed as "ack ID VERSION"; an answer that is neither expected nor a conflict as "bad STATUS".
-- THINK milliseconds lie between what one person asks (default 0: as fast as answers come).

local folder = os.getenv("WARDMOTE_LOAD")
local think = tonumber(os.getenv("THINK") or "0")
local number = 0

function setup(thread)
  thread:set("seed", number)
  number = number + 1
end

local people, records = {}, {}
local versions = {}           -- of the records that this thread changes: no other thread touches them
local mine = {}
local in_flight = {}          -- by record: the version a write was made from, until it is answered
local acks = nil
local turn = 0

function init(args)
  math.randomseed(seed * 7919 + 17)
  for line in io.lines(folder .. "/people") do
    local cookie, token = line:match("^(.-)\t(.*)$")
    people[#people + 1] = {cookie = cookie, token = token}
  end
  for line in io.lines(folder .. "/records") do records[#records + 1] = line end
  for i = 1, #records do
    if i % 2 == seed % 2 then mine[#mine + 1] = records[i] end
  end
  acks = io.open(folder .. "/acks." .. seed, "a")
  acks:setvbuf("no")
end

local function person() return people[math.random(#people)] end

local function get(path)
  return wrk.format("GET", path, {Cookie = person().cookie})
end

-- A write names the version it was made from, so that an update that would be lost is refused instead. One write in fifty
-- goes to the first record, which everybody changes: there a conflict is a right answer.
-- What is written differs from what stands (at first 20 or more): a write that changes nothing makes no version.
local function write()
  local id = records[1]
  if math.random(50) > 1 then
    id = mine[math.random(#mine)]
    -- When the server is gone, no write is ever answered: then nothing is left to write, and one reads.
    if in_flight[id] or id == records[1] then return get("/posts/" .. id) end
  end
  local who = person()
  local version = versions[id] or 1
  if id ~= records[1] then in_flight[id] = version end
  return wrk.format("POST", "/posts/" .. id,
    {Cookie = who.cookie, ["Content-Type"] = "application/x-www-form-urlencoded", ["Sec-Fetch-Site"] = "same-origin"},
    "csrf=" .. who.token .. "&version=" .. version .. "&full_time_equivalent=" .. version % 19 + 1)
end

function request()
  turn = turn + 1
  local dice = math.random(100)
  if dice <= 15 then return write() end
  if dice <= 45 then return get("/posts/" .. records[math.random(#records)]) end
  if dice <= 65 then return get("/posts?page=" .. math.random(200)) end
  if dice <= 75 then return get("/posts?sort=-title&page=" .. math.random(20)) end
  if dice <= 85 then return get("/search?q=" .. ({"warden", "sergeant", "youth", "licensing"})[math.random(4)]) end
  if dice <= 90 then return get("/posts?q=manager+0" .. math.random(10, 99)) end
  return get("/")
end

function delay() return think end

function response(status, headers, body)
  if status == 303 then
    local id = (headers["Location"] or ""):match("^/posts/([%x-]+)")
    local from = id and in_flight[id]
    if from then
      in_flight[id] = nil
      versions[id] = from + 1
      acks:write(id, " ", from + 1, "\n")
    elseif id ~= records[1] then
      acks:write("bad redirect\n")
    end
  elseif status == 409 then
    local id, version = body:match('action="/posts/([%x-]+)"'), body:match('name="version" value="(%d+)"')
    if id and version then
      in_flight[id] = nil
      versions[id] = tonumber(version)
    end
  elseif status ~= 200 then
    acks:write("bad ", status, "\n")
  end
end

function done(summary, latency)
  io.write(string.format("p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms; %d requests, %.0f a second; errors: %d connect, "
    .. "%d read, %d write, %d status, %d timeout\n", latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, latency.max / 1000, summary.requests, summary.requests / (summary.duration / 1e6),
    summary.errors.connect, summary.errors.read, summary.errors.write, summary.errors.status, summary.errors.timeout))
end
