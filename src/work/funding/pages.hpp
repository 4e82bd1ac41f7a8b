/// The parts that the pages of funding/ share. Inside funding/ only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/html/table.hpp"
#include "platform/law/lifecycle.hpp"
#include "platform/record/form.hpp"
#include "platform/site/site.hpp"
#include "work/funding/line.hpp"

namespace wardmote::law {
class Parameters;
}

namespace wardmote::funding {

void add_grant_pages(site::Site &site, const law::Parameters &parameters);
/// The months of lines in spreadsheets that are brought in.
void add_month_import(site::Site &site);
void add_line_pages(site::Site &site);
void add_virement_pages(site::Site &site);
void add_return_pages(site::Site &site);
void add_cliff_page(site::Site &site);

/// What belongs under the facts of a record.
html::Html money_of_grant(db::Transaction &tx, const access::Visit &visit,
                          const record::Stored &grant, core::Date today);
html::Html months_of_line(db::Transaction &tx, const access::Visit &visit,
                          const record::Stored &line, core::Date today);
html::Html steps_of_virement(const access::Visit &visit, const record::Stored &virement);
html::Html parts_of_return(db::Transaction &tx, const access::Visit &visit,
                           const record::Stored &stored, core::Date today);

/// What this person may do with the lifecycles of funding/.
law::Roles roles_of(const access::Person &person);
/// The record of the address (:id), when this visit may see it.
std::optional<record::Stored> find(const site::Site &site, db::Transaction &tx,
                                   const web::Request &request, const record::Description &what);
web::Response missing(const record::Description &what);
/// A page of the section of money.
html::Page page_of(std::string title, html::Html content, std::vector<html::Link> parents = {});
html::Html heading(std::string_view words);
html::Html paragraph(std::string_view words);

/// More fields for the step of a verb, filled with what was typed; empty for a verb without any.
using MoreFields = std::function<html::Html(std::string_view verb, const record::Typed &typed)>;
/// A form for each step that may be taken now, under a heading.
html::Html step_forms(const access::Visit &visit, const record::Description &what,
                      const record::Stored &record, const law::Lifecycle &lifecycle,
                      const MoreFields &more = {});
/// Answers the form of a step: takes it in one transaction, which is undone when `problems` come;
/// then the form of the step is shown again. With `more` a file may be sent.
using TakeStep = std::function<record::Problems(
    db::Transaction &tx, const std::string &id, const std::string &verb, law::Roles roles,
    const std::string &reason, const web::Request &request)>;
void add_step_route(site::Site &site, const record::Description &what,
                    const law::Lifecycle &lifecycle, TakeStep take, const MoreFields &more = {});

/// "£1,250" or, for nothing, an empty string: what stands in an input.
std::string typed(std::optional<core::Money> money);
/// Money typed into an input; an empty one is nothing. Adds a problem when it cannot be read.
std::optional<core::Money> read_money(const web::Request &request, const std::string &name,
                                      const std::string &label, record::Problems &problems);
/// An input of a grid, its label for the ear.
html::Html money_input(const std::string &name, const std::string &label, const std::string &value,
                       bool wrong);
std::vector<html::ErrorLine> error_lines(const record::Problems &problems);

} // namespace wardmote::funding
