#include "platform/web/limits.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "platform/web/body.hpp"
#include "platform/web/metrics.hpp"
#include "platform/web/wire_test.hpp"

namespace wardmote::web {

using std::chrono::milliseconds;
using test::holds;

TEST_CASE("a client may burst, then goes at the rate") {
    RateLimit limit{10, 3};
    const RateLimit::Time start{};
    for (int i = 0; i < 3; ++i)
        CHECK(limit.take("a", start));
    CHECK_FALSE(limit.take("a", start));
    CHECK(limit.take("b", start)); // each has its own
    CHECK_FALSE(limit.take("a", start + milliseconds{99}));
    CHECK(limit.take("a", start + milliseconds{201})); // ten a second is one each 100 ms
    CHECK(limit.take("a", start + milliseconds{202}));
    CHECK_FALSE(limit.take("a", start + milliseconds{203}));
}

TEST_CASE("a quiet hour earns no more than the burst") {
    RateLimit limit{10, 2};
    const RateLimit::Time start{};
    CHECK(limit.take("a", start));
    const auto later = start + std::chrono::hours{1};
    CHECK(limit.take("a", later));
    CHECK(limit.take("a", later));
    CHECK_FALSE(limit.take("a", later));
}

TEST_CASE("a rate of nought is no limit") {
    RateLimit limit{0, 0};
    for (int i = 0; i < 100; ++i)
        CHECK(limit.take("a", {}));
}

TEST_CASE("a client holds so many connections and no more") {
    Holdings held{2};
    CHECK(held.take("a"));
    CHECK(held.take("a"));
    CHECK_FALSE(held.take("a"));
    CHECK(held.take("b"));
    held.give_back("a");
    CHECK(held.take("a"));
}

TEST_CASE("a short body stays in memory, a long one goes to a file without a name") {
    auto folder = (std::filesystem::temp_directory_path() / "wardmote-body-XXXXXX").string();
    REQUIRE(::mkdtemp(folder.data()));
    {
        Body body{10, folder};
        body.add("12345");
        body.add("67890");
        CHECK(body.whole() == "1234567890");
    }
    {
        Body body{10, folder};
        body.add("12345");
        body.add("678901");
        body.add("x");
        CHECK(body.size() == 12);
        CHECK(body.whole() == "12345678901x");
        CHECK(::rmdir(folder.c_str()) == 0); // nothing has a name there
    }
    Body homeless{1, folder};
    CHECK_THROWS_WITH_AS(homeless.add("12"), doctest::Contains("No such file"), std::runtime_error);
}

TEST_CASE("what was counted is told in Prometheus's text format") {
    Metrics metrics;
    metrics.answered("GET", "/cases/:id", 200, 0.003);
    metrics.answered("GET", "/cases/:id", 200, 0.2);
    metrics.answered("POST", "/cases/:id", 422, 30);
    metrics.answered("BREW", "-", 405, 0);
    const auto text = metrics.text();
    CHECK(holds(text, "# TYPE wardmote_http_requests_total counter\n"));
    CHECK(holds(text, "wardmote_http_requests_total{method=\"GET\",route=\"/cases/:id\","
                      "status=\"2xx\"} 2\n"));
    CHECK(holds(text, "{method=\"POST\",route=\"/cases/:id\",status=\"4xx\"} 1\n"));
    CHECK(holds(text, "{method=\"other\",route=\"-\",status=\"4xx\"} 1\n"));
    const std::string bucket =
        "wardmote_http_request_duration_seconds_bucket{route=\"/cases/:id\",le=";
    CHECK(holds(text, bucket + "\"0.0025\"} 0\n")); // buckets are cumulative
    CHECK(holds(text, bucket + "\"0.005\"} 1\n"));
    CHECK(holds(text, bucket + "\"0.25\"} 2\n"));
    CHECK(holds(text, bucket + "\"10\"} 2\n"));
    CHECK(holds(text, bucket + "\"+Inf\"} 3\n"));
    CHECK(holds(text, "duration_seconds_count{route=\"/cases/:id\"} 3\n"));
    CHECK(holds(text, "\nprocess_resident_memory_bytes "));
    CHECK(holds(text, "\nprocess_cpu_seconds_total "));
}

} // namespace wardmote::web
