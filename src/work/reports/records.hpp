/// What a council report says of the partnership itself: its members, meetings, posts, priorities,
/// actions and challenges, read from HOME/records/council.toml.
///
/// The file, every part of which may be left out:
///
///     partnership = "Oxford Safer Communities Partnership"   # else the workspace's
///     chair = "Oxford City Council's Director for Community Services"
///     website = "https://www.example.org/"
///     plan = "Rolling Plan"
///     plan_year = "2014-15"
///     next_plan_year = "2015-16"
///     programme = "..."                          # any other word: {{ text programme }}
///
///     [report]
///     of = "The councillor who leads, Board Member for Crime and Community Response"
///     to = "Full Council"
///     title = "The Oxford Safer Communities Partnership"
///     purpose = "To inform members of the work of the partnership."
///     policy_framework = "The Corporate Plan"
///     approved_by = ["Finance: the finance officer", "Legal: the legal officer",
///                    "Executive lead member: the councillor who leads"]
///     recommendations = ["Council is asked to comment on and note the contents of the report."]
///     contact = ["Job title: Environmental Protection Service Manager", "Service area: ..."]
///     background_papers = ["https://www.example.org/"]
///     version = "2"
///
///     [[members]]                                # {{ each members }}
///     name = "Thames Valley Police"
///     kind = "responsible"                       # responsible | other: {{ list members.other }}
///
///     [[meetings]]                               # the figure meetings.2014 counts these
///     date = 2014-12-10
///     kind = "board"
///
///     [[themes]]                                 # the figure themes.2014 counts these
///     date = 2014-06-11
///     title = "the impact of mental health on community safety organisations"
///
///     [[posts]]                                  # the figure posts counts these
///     title = "Human Exploitation Coordinator"
///     duties = "coordinating and delivering ..."
///
///     [[priorities]]
///     title = "Violent crime"
///     includes = "alcohol-related disorder, serious youth violence, hate crime and robbery"
///
///     [[actions]]                                # the figure actions.victims counts these
///     strand = "victims"                         # whole-community | victims | offenders
///     text = "Continuation of the sanctuary scheme programme ..."
///     figure = "enforcement.this"                # optional: the paragraph then also says it
///     figure_2 = "enforcement.last"              # optional: and this
///
///     [[challenges]]
///     text = "Develop our approach to organised crime groups."
///
///     [[paragraphs]]                             # further text of a section, in order
///     section = "role"                           # role | plan | priorities
///     text = "Probation services have recently been split ..."
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/document/document.hpp"

namespace wardmote::reports {

class Records {
public:
    Records() = default;
    /// Reads HOME/records/council.toml; a missing file gives no records. Throws std::runtime_error
    /// naming file, line and reason when it cannot be read.
    static Records read(const std::string &path);

    bool present() const { return m_present; }
    /// A word such as "chair" or "report.to"; nothing when it is not in the file.
    std::optional<std::string> text(std::string_view name) const;
    /// A list such as "posts", "actions.victims" (by strand or kind), "themes.2014" (by year of
    /// date) or "report.recommendations"; nothing when it is not in the file or empty.
    std::optional<std::vector<document::Item>> list(std::string_view name) const;
    /// The last board meeting on or before `day`.
    std::optional<core::Date> last_meeting(core::Date day) const;

private:
    bool m_present = false;
    std::map<std::string, std::string, std::less<>> m_texts;
    std::map<std::string, std::vector<document::Item>, std::less<>> m_lists;
};

} // namespace wardmote::reports
