#include "platform/site/digest.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "engine/core/text.hpp"

namespace wardmote::site {

namespace {

constexpr const char *unnamed = "A restricted record";

struct Section {
    const char *heading;
    std::vector<DigestItem> Digest::*items;
};
constexpr auto digest_sections = std::to_array<Section>({
    {"Overdue", &Digest::overdue},
    {"Within the next seven days", &Digest::soon},
    {"New", &Digest::fresh},
});

/// Sorts what is gathered into the three lists.
class Sorter {
public:
    Sorter(core::Date today, core::Instant since, Origins origins)
        : m_today{today}
        , m_since{since}
        , m_origins{std::move(origins)} {}

    void add(const Due &due) {
        const auto item =
            named(due.thing, due.sensitive, due.what.text, clock_of(due, m_today).left,
                  due.act.href.empty() ? due.what.href : due.act.href);
        take(due.thing, due.on, item);
    }
    void add(const Waiting &waiting) {
        const auto item = named(waiting.thing, false, waiting.item.what.text,
                                waiting.by ? "asked for by " + waiting.by->text() : std::string{},
                                waiting.item.what.href);
        take(waiting.thing, waiting.by, item);
    }
    void add(const Appointment &meeting) {
        if (meeting.cancelled || meeting.starts.london_date() < m_today) {
            return;
        }
        const auto place = meeting.place.empty() ? "" : ", " + meeting.place;
        take(meeting.thing, meeting.starts.london_date(),
             named(meeting.thing, false, meeting.title, meeting.starts.text() + place,
                   meeting.href));
    }
    Digest take_all() { return std::move(m_digest); }

private:
    const Origin *origin(const Thing &thing) const {
        const auto found = m_origins.find({thing.kind, thing.record});
        return found == m_origins.end() ? nullptr : &found->second;
    }
    DigestItem named(const Thing &thing, bool sensitive, const std::string &words, std::string when,
                     std::string path) const {
        const auto *is = origin(thing);
        const bool hidden = sensitive || is == nullptr || is->restricted;
        return {
            .words = hidden ? unnamed : words, .when = std::move(when), .path = std::move(path)};
    }
    void take(const Thing &thing, std::optional<core::Date> on, const DigestItem &item) {
        const auto *is = origin(thing);
        if (is == nullptr) {
            return; // of no record, or one that has been removed
        }
        if (on && *on < m_today) {
            m_digest.overdue.push_back(item);
        } else if (on && core::days_between(m_today, *on) <= week) {
            m_digest.soon.push_back(item);
        } else if (m_since < is->made) {
            m_digest.fresh.push_back(item);
        }
    }

    core::Date m_today;
    core::Instant m_since;
    Origins m_origins;
    Digest m_digest;
};

} // namespace

std::string Digest::subject() const {
    std::vector<std::string> parts;
    const auto add = [&](const std::vector<DigestItem> &items, const char *what) {
        if (!items.empty()) {
            parts.push_back(fmt::format("{} {}", items.size(), what));
        }
    };
    add(overdue, "overdue");
    add(soon, "within a week");
    add(fresh, "new");
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string Digest::text() const {
    std::string all;
    for (const auto &section : digest_sections) {
        const auto &items = this->*section.items;
        if (items.empty()) {
            continue;
        }
        all += fmt::format("{}\n", section.heading);
        for (const auto &item : items) {
            all += fmt::format("\n- {}{}{}\n  {{site}}{}\n", item.words,
                               item.when.empty() ? "" : ": ", item.when, item.path);
        }
        all += "\n";
    }
    return all + "To stop this daily e-mail: {site}/account/digest";
}

html::Html Digest::markup() const {
    html::Html all;
    for (const auto &section : digest_sections) {
        html::Html lines;
        for (const auto &item : this->*section.items) {
            lines += html::format(R"(<li><a href="{site}{}">{}</a>{}{}</li>)", item.path,
                                  item.words, item.when.empty() ? "" : ": ", item.when);
        }
        if (!lines.empty()) {
            all += html::format("<h2>{}</h2><ul>{}</ul>", section.heading, lines);
        }
    }
    return all + html::format(R"(<p><a href="{site}/account/digest">Stop this daily e-mail</a>)"
                              R"(</p>)");
}

Digest digest_of(const Site &site, db::Transaction &tx, const access::Visit &visit,
                 core::Instant since) {
    auto home = site.gathered(tx, visit);
    std::ranges::stable_sort(home.due, {}, &Due::on);
    Sorter sorter{site.today(visit), since, origins_of(site, tx, things_of(home))};
    for (const auto &due : home.due) {
        sorter.add(due);
    }
    for (const auto &waiting : home.waiting) {
        sorter.add(waiting);
    }
    for (const auto &meeting : home.meetings) {
        sorter.add(meeting);
    }
    return sorter.take_all();
}

} // namespace wardmote::site
