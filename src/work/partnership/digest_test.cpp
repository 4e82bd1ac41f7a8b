// The daily e-mail: what is in it, who gets it, and that it goes once, through a real mail server.
#include <doctest/doctest.h>

#include <thread>

#include "platform/access/acting.hpp"
#include "platform/jobs/worker.hpp"
#include "platform/mail/mail_server_for_test.hpp"
#include "platform/mail/read_test.hpp"
#include "platform/mail/smtp.hpp"
#include "platform/site/digest.hpp"
#include "platform/site/messages.hpp"
#include "work/partnership/document.hpp"
#include "work/partnership/minutes.hpp"
#include "work/partnership/place_for_test.hpp"

using namespace wardmote;
using namespace wardmote::partnership;

namespace {

const auto morning = core::Instant::parse("2015-02-02T06:30:00Z").value(); // 6.30am in London

struct MailPlace : PlaceForTest {
    MailPlace()
        : PlaceForTest{{.url = "https://oxford.example", .sends_mail = true}} {
        clock.move_to(core::Instant::parse("2015-01-20T10:00:00Z").value());
        write([&](db::Transaction &tx) {
            board = meeting(tx, "Board, December", "2014-12-10T14:00:00Z", MeetingState::held);
            late = action(tx, "Publish the summary", core::Date{2014, 12, 31});
            soon = action(tx, "Name who speaks on health", core::Date{2015, 2, 9});
            action(tx, "Far away and known", core::Date{2015, 2, 10});
        });
        clock.move_to(core::Instant::parse("2015-02-01T12:00:00Z").value());
        write([&](db::Transaction &tx) {
            action(tx, "Far away and new", core::Date{2015, 6, 1});
            keeper.add(tx, Document{.title = "Zephyrine",
                                    .owner = core::Id::parse(officer),
                                    .review_on = core::Date{2015, 2, 3},
                                    .restricted = true});
            keeper.add(tx, Document{.title = "Zephyrine II",
                                    .marking = Marking::official_sensitive,
                                    .owner = core::Id::parse(officer),
                                    .review_on = core::Date{2015, 2, 4}});
        });
        clock.move_to(morning);
    }
    std::string action(db::Transaction &tx, const std::string &words, core::Date due) {
        return keeper.add(tx, BoardAction{.words = words,
                                          .meeting = core::Id::parse(board),
                                          .owner = core::Id::parse(officer),
                                          .due = due});
    }
    site::Digest digest(const std::string &person) {
        return write([&](db::Transaction &tx) {
            for (const auto &visit : access::active_people(tx, clock.now())) {
                if (visit.person.id == person) {
                    return site::digest_of(site, tx, visit, morning.plus(-std::chrono::days{1}));
                }
            }
            throw std::logic_error("nobody of this id");
        });
    }
    void send() {
        write([&](db::Transaction &tx) { site::send_digests(site, tx); });
    }
    /// The e-mails that are queued to somebody.
    std::int64_t queued(const std::string &mailbox) {
        return write([&](db::Transaction &tx) {
            return tx
                .first("select count(*) as n from job where tenant = :tenant and kind = 'mail' "
                       "and payload like :to",
                       {{"tenant", tx.tenant()}, {"to", "%" + mailbox + "%"}})
                ->integer("n");
        });
    }

    std::string board, late, soon;
};

std::vector<std::string> words(const std::vector<site::DigestItem> &items) {
    std::vector<std::string> all;
    for (const auto &item : items) {
        all.push_back(item.words);
    }
    return all;
}

} // namespace

TEST_CASE("the daily e-mail says what is overdue, due within a week and new, each once") {
    MailPlace place;
    const auto digest = place.digest(place.officer);
    CHECK(words(digest.overdue) == std::vector<std::string>{"Publish the summary"});
    CHECK(words(digest.soon) == std::vector<std::string>{"A restricted record",
                                                         "A restricted record",
                                                         "Name who speaks on health"});
    CHECK(words(digest.fresh) == std::vector<std::string>{"Far away and new"});
    CHECK(digest.overdue[0].when == "33 days overdue"); // one of December, 31 of January and one
    CHECK(digest.overdue[0].path == "/board-actions/" + place.late + "/edit");
    CHECK(digest.subject() == "1 overdue, 3 within a week, 1 new");
    CHECK(digest.text().find("Zephyrine") == std::string::npos);
    CHECK(digest.markup().str().find("Zephyrine") == std::string::npos);
}

TEST_CASE("nobody is written to who has nothing to be told, or does not want it") {
    MailPlace place;
    place.send();
    CHECK(place.queued("Olu@oxford.example") == 1);
    CHECK(place.queued("Alex@oxford.example") == 0);
    place.send();
    CHECK(place.queued("Olu@oxford.example") == 1); // once a day
    place.clock.move_to(morning.plus(std::chrono::days{1}));
    place.send();
    CHECK(place.queued("Olu@oxford.example") == 2);
    site::Browser officer{place.router};
    site::sign_in(place.site, officer, place.made.tenant, place.officer);
    CHECK(site::has(officer.get("/account/digest"), "You are sent it."));
    CHECK(officer.post("/account/digest", {{"wanted", "no"}}).status == 303);
    CHECK(site::has(officer.get("/account/digest"), "You are not sent it."));
    place.clock.move_to(morning.plus(std::chrono::days{2}));
    place.send();
    CHECK(place.queued("Olu@oxford.example") == 2);
    site::sign_in(place.site, officer, place.made.tenant, place.officer); // two days later
    CHECK(officer.post("/account/digest", {{"wanted", "yes"}}).status == 303);
    place.send();
    CHECK(place.queued("Olu@oxford.example") == 3);
}

TEST_CASE("what was new is not new again on the next day") {
    MailPlace place;
    place.send();
    place.clock.move_to(morning.plus(std::chrono::days{1}));
    place.send();
    const auto payloads = place.write([&](db::Transaction &tx) {
        return tx.query("select payload from job where tenant = :tenant and kind = 'mail' "
                        "order by id",
                        {{"tenant", tx.tenant()}});
    });
    REQUIRE(payloads.size() == 2);
    CHECK(payloads[0].text("payload").find("Far away and new") != std::string::npos);
    CHECK(payloads[1].text("payload").find("Far away and new") == std::string::npos);
}

TEST_CASE("a link of the e-mail leads through signing in to the thing to do") {
    MailPlace place;
    site::Browser nobody{place.router};
    const auto path = "/board-actions/" + place.late + "/edit";
    CHECK(site::location(nobody.get(path)) == "/sign-in?then=" + web::percent_encoded(path));
    site::Browser officer{place.router};
    site::sign_in(place.site, officer, place.made.tenant, place.officer);
    CHECK(officer.get(path).status == 200);
}

TEST_CASE("three programs send it once, through a real mail server, in text and HTML") {
    const mail::MailServer server;
    if (server.is_missing()) {
        MESSAGE("SKIPPED: no mail server is installed (exim4-daemon-light); no mail was sent");
        return;
    }
    MailPlace place;
    jobs::Handlers handlers;
    site::add_digest(place.site, handlers);
    handlers.outside(std::string{site::mail_kind},
                     site::mailer(place.keeper, place.site.settings(),
                                  mail::Smtp{{.url = server.url(), .allow_plain = true}},
                                  *mail::Address::parse("wardmote@oxford.example", "Wardmote")));
    const std::vector<jobs::Schedule> schedules{site::digest_schedule()};
    const auto three = [&] {
        std::vector<std::jthread> programs;
        for (int i = 0; i < 3; ++i) {
            programs.emplace_back([&] {
                jobs::Worker{place.database, place.queue, place.clock, handlers, schedules}
                    .run_due();
            });
        }
    };
    place.clock.move_to(core::Instant::parse("2015-02-02T06:00:00Z").value());
    three(); // they learn when it is next due
    CHECK(place.queued("Olu@oxford.example") == 0);
    place.clock.move_to(morning);
    three();
    three();
    const auto messages = server.messages(1);
    std::this_thread::sleep_for(std::chrono::milliseconds{300}); // for one too many
    REQUIRE(server.messages(1).size() == 1);
    const auto read = mail::read_message(messages.front());
    CHECK(read.to.find("Olu@oxford.example") != std::string::npos);
    CHECK(read.subject == "1 overdue, 3 within a week, 1 new");
    CHECK(read.content_type == "multipart/alternative");
    const auto address = "https://oxford.example/board-actions/" + place.late + "/edit";
    CHECK(read.plain.find("- Publish the summary: 33 days overdue\n  " + address) !=
          std::string::npos);
    CHECK(read.html.find("<a href=\"" + address + "\">Publish the summary</a>") !=
          std::string::npos);
    CHECK(read.plain.find("{site}") == std::string::npos);
    CHECK(read.plain.find("https://oxford.example/account/digest") != std::string::npos);
}
