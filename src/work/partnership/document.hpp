/// A document of the partnership's library, of which every version is kept.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/calendar.hpp"
#include "platform/db/ledger.hpp"
#include "platform/record/description.hpp"

namespace wardmote::partnership {

enum class DocumentKind {
    terms_of_reference,
    protocol,
    policy,
    plan,
    assessment,
    report,
    minutes,
    guidance,
    information_protocol,
    liaison_list,
    plan_summary,
    plan_to_commissioner,
    meeting_notice,
    meeting_account,
    consultation,
    dataset_receipt,
    scrutiny_minutes,
    appointment,
    county_agreement,
    county_agreement_to_commissioner,
    serious_violence_assessment,
    serious_violence_strategy,
    prevent_plan,
    channel_arrangements,
    landlord_policy,
    other,
};
inline constexpr auto document_kinds = std::to_array<record::Choice>({
    {"terms_of_reference", "Terms of reference"},
    {"protocol", "Protocol or agreement"},
    {"policy", "Policy"},
    {"plan", "Plan or strategy"},
    {"assessment", "Assessment"},
    {"report", "Report"},
    {"minutes", "Minutes"},
    {"guidance", "Guidance"},
    {"information_protocol", "Signed protocol for sharing information"},
    {"liaison_list", "Who liaises on sharing information"},
    {"plan_summary", "Published summary of the plan"},
    {"plan_to_commissioner", "Plan as sent to the police and crime commissioner"},
    {"meeting_notice", "Notice of a public meeting"},
    {"meeting_account", "Published account of a public meeting"},
    {"consultation", "What people who live or work here said"},
    {"dataset_receipt", "Receipt of the quarterly data"},
    {"scrutiny_minutes", "Minutes of the crime and disorder committee"},
    {"appointment", "Appointment to the strategy group"},
    {"county_agreement", "Community safety agreement of the county"},
    {"county_agreement_to_commissioner", "County agreement as sent to the commissioner"},
    {"serious_violence_assessment", "Strategic needs assessment of serious violence"},
    {"serious_violence_strategy", "Strategy on serious violence"},
    {"prevent_plan", "Prevent action plan"},
    {"channel_arrangements", "Arrangements of the Channel panel"},
    {"landlord_policy", "Landlord’s policy on anti-social behaviour"},
    {"other", "Other"},
});
constexpr std::span<const record::Choice> choices_of(DocumentKind) {
    return document_kinds;
}

/// OFFICIAL-SENSITIVE is a handling marking inside OFFICIAL, not a tier of its own.
enum class Marking { official, official_sensitive };
inline constexpr auto markings = std::to_array<record::Choice>({
    {"OFFICIAL", "OFFICIAL"},
    {"OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"},
});
constexpr std::span<const record::Choice> choices_of(Marking) {
    return markings;
}

struct Document {
    std::string title;
    DocumentKind kind = DocumentKind::other;
    Marking marking = Marking::official;
    std::optional<core::Id> owner;
    std::optional<core::Date> dated_on; ///< what it proves, it proves of this day
    std::optional<core::Date> review_on;
    std::string about;
    bool restricted = false;
};

/// One version: a file kept with the document, and what changed in it.
struct DocumentVersion {
    std::int64_t number = 0; ///< 1 is the first
    std::string attachment;  ///< id
    std::string file_name;
    std::int64_t bytes = 0;
    std::string note;
    std::string created, created_by;
};

/// Latest first.
std::vector<DocumentVersion> versions_of(db::Transaction &tx, std::string_view document);
/// The next version, of a file that has just been added to the document; logged. Gives its number.
std::int64_t add_version(db::Transaction &tx, db::Ledger &ledger, const core::Clock &clock,
                         std::string_view document, std::string_view attachment,
                         std::string_view note);

/// A document that somebody keeps and reviews on a day.
struct ReviewDue {
    std::string id, title;
    core::Date on;
    bool sensitive = false; ///< by its marking
};
/// The earliest first.
std::vector<ReviewDue> reviews_due(db::Transaction &tx, std::string_view owner);

} // namespace wardmote::partnership

namespace wardmote::record {

template <>
struct Described<partnership::Document> {
    using T = partnership::Document;
    static constexpr auto fields = std::to_array<Field>({
        field<&T::title>("title", "Title", {.required = true, .searched = true}),
        field<&T::kind>("kind", "Kind of document", {.required = true, .filtered = true}),
        field<&T::marking>("marking", "Marking",
                           {.required = true,
                            .filtered = true,
                            .hint = "Shown at the top and bottom of its pages and prints"}),
        field<&T::owner>("owner", "Owner",
                         {.refers_to = "person",
                          .filtered = true,
                          .hint = "Who keeps it up to date and is reminded to review it"}),
        field<&T::dated_on>("dated_on", "Date of the document",
                            {.filtered = true,
                             .hint = "The day it was made, sent or published. Duties of the law "
                                     "are proved by it"}),
        field<&T::review_on>("review_on", "Next review", {.filtered = true}),
        field<&T::about>("about", "What it is about", {.paragraph = true, .searched = true}),
        field<&T::restricted>("restricted", "Only for people on its access list",
                              {.hint = "To everybody else it does not exist: no title, no search "
                                       "result, no count"}),
    });
    static constexpr Description is{
        .table = "document",
        .path = "/documents",
        .one = "document",
        .many = "documents",
        .title = "title",
        .order = "title",
        .owner = "owner",
        .restricted = "restricted",
        .empty_list = "Terms of reference, protocols, policies and minutes will be here, with "
                      "every version of each.",
    };
};

} // namespace wardmote::record
