/// The pages of one kind of record: list, page, form, history, who has looked, files, removal.
///
/// Inside site/ only: Site::records() makes one for each description. Every handler asks again
/// whether this very record may be acted upon; what may not be seen is not found.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/record/form.hpp"
#include "platform/record/visible.hpp"
#include "platform/site/record_list.hpp"
#include "platform/site/site.hpp"

namespace wardmote::site {

class RecordKind {
public:
    RecordKind(const Site &site, const record::Description &what, RecordPages pages);

    // record_pages.cpp
    web::Response list(const web::Request &request) const;
    web::Response csv(const web::Request &request) const;
    web::Response json(const web::Request &request) const;
    web::Response show(const web::Request &request) const;

    // record_forms.cpp
    web::Response ask_new(const web::Request &request) const;
    web::Response create(const web::Request &request) const;
    web::Response ask_edit(const web::Request &request) const;
    web::Response update(const web::Request &request) const;
    web::Response ask_removal(const web::Request &request) const;
    web::Response remove(const web::Request &request) const;
    web::Response restore(const web::Request &request) const;

    // record_history.cpp
    web::Response history(const web::Request &request) const;
    web::Response seen(const web::Request &request) const;

    // record_access.cpp
    web::Response access_list(const web::Request &request) const;
    web::Response grant(const web::Request &request) const;
    web::Response withdraw(const web::Request &request) const;

    // record_files.cpp
    web::Response files(const web::Request &request) const;
    web::Response attach(const web::Request &request) const;
    web::Response file(const web::Request &request) const;
    web::Response ask_file_removal(const web::Request &request) const;
    web::Response remove_file(const web::Request &request) const;

private:
    /// The record of the address, when this visit may do this with it.
    std::optional<record::Stored> find(db::Transaction &tx, const web::Request &request,
                                       access::Act act) const;
    bool may(const access::Visit &visit, access::Act act, const record::Stored &record) const;
    bool may_reveal(const access::Visit &visit) const;
    web::Response missing() const; ///< 404: also for what may not be seen
    /// What names it: "Thames Valley Police". Without references a record that is named by another
    /// is "the member".
    std::string title(const record::Values &values,
                      const record::References &references = record::NoReferences{}) const;
    std::string address(std::string_view id, std::string_view part = {}) const;

    /// A page of one record: its breadcrumbs, identity and parts around `content`.
    html::Page record_page(db::Transaction &tx, const access::Visit &visit,
                           const record::Stored &record, std::string_view part,
                           html::Html content) const;
    html::Page form_page(const web::Request &request, const record::Stored *record,
                         const record::Typed &typed, const record::Problems &problems,
                         const record::References &references, html::Html above) const;
    web::Response form_again(const web::Request &request, const record::Parsed &parsed,
                             int status) const;
    web::Response clash_page(const web::Request &request, const record::Clash &clash,
                             const record::Values &mine) const;
    html::Page files_page(const web::Request &request, db::Transaction &tx,
                          const record::Stored &record, const std::string &problem) const;
    html::Html buttons(const web::Request &request, const record::Stored &record) const;
    html::Html beside_list(const access::Visit &visit) const;
    std::vector<html::Link> trail(bool to_list) const;
    core::Date today() const;
    void restrict_for(db::Transaction &tx, const access::Visit &visit,
                      const record::Stored &record) const;
    bool is_restricted(const record::Values &values) const;
    html::Page access_page(const web::Request &request, db::Transaction &tx,
                           const record::Stored &record, const record::Problems &problems) const;
    web::Response change_access(const web::Request &request, std::string_view person,
                                bool grant) const;

    const Site &m_site;
    const record::Description &m_what;
    RecordPages m_pages;
    ListShape m_shape;
};

/// "a post", "an organisation".
std::string with_article(std::string_view one);

/// What somebody may know of each kind, for references and for the search.
std::vector<record::VisibleKind> visible_kinds(const Site &site, const access::Visit &visit);
std::vector<record::VisibleKind> visible_kinds(const Site &site, const access::Person &person);

} // namespace wardmote::site
