#include "sim/kernel/random.hpp"
#include "sim/kernel/check.hpp"
#include "tests/support/oracles.hpp"

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstdlib>
#include <set>
#include <vector>

namespace kernel = sim::kernel;
using kernel::Block;

namespace {

// "6627e8d5 e169c58d ...": words in hexadecimal.
template <std::size_t size>
std::array<std::uint32_t, size> words(const std::string& text) {
    std::array<std::uint32_t, size> result{};
    const char* at = text.c_str();
    for (std::uint32_t& word : result) {
        char* end = nullptr;
        word = static_cast<std::uint32_t>(std::strtoul(at, &end, 16));
        REQUIRE(end != at);
        at = end;
    }
    return result;
}

kernel::Stream stream(std::uint64_t seed, std::uint64_t replication, const char* entity, const char* purpose) {
    return {{seed, replication}, entity, purpose};
}

// Block by block, what the batch must give.
std::vector<Block> one_by_one(std::array<std::uint32_t, 2> key, std::uint64_t first, std::uint32_t branches,
                              std::size_t blocks) {
    std::vector<Block> result;
    for (std::uint64_t ordinal = first; result.size() < blocks; ++ordinal)
        for (std::uint32_t branch = 0; branch < branches && result.size() < blocks; ++branch)
            result.push_back(kernel::philox(
                {static_cast<std::uint32_t>(ordinal), static_cast<std::uint32_t>(ordinal >> 32), branch, 0},
                key));
    return result;
}

}  // namespace

TEST_CASE("philox gives the published words", "[kernel]") {
    for (const tests::Oracle& row : tests::oracles_named("philox4x32-10")) {
        CAPTURE(row.parameters);
        const auto counter = words<4>(row.text_parameter("ctr"));
        const auto key = words<2>(row.text_parameter("key"));
        CHECK(kernel::philox(counter, key) == words<4>(row.value));
    }
}

TEST_CASE("a batch gives the blocks that one by one would give", "[kernel]") {
    const std::array<std::uint32_t, 2> key{0x12345678, 0x9abcdef0};
    for (const std::uint64_t first :
         {std::uint64_t{0}, std::uint64_t{0xfffffff5}, std::uint64_t{0xfffffffffffffff0}}) {
        for (const std::uint32_t branches : {1U, 2U, 3U, 7U}) {
            for (const std::size_t blocks : {0U, 1U, 15U, 16U, 33U, 64U, 250U}) {
                CAPTURE(first, branches, blocks);
                const Block untouched{1, 2, 3, 4};
                std::vector<Block> out(blocks + 1, untouched);
                kernel::philox_batch(key, first, branches, out.data(), blocks);
                CHECK(out.back() == untouched);
                out.pop_back();
                CHECK(out == one_by_one(key, first, branches, blocks));
            }
        }
    }
    CHECK_THROWS_AS(kernel::philox_batch(key, 0, 0, nullptr, 0), kernel::BrokenInvariant);
}

TEST_CASE("a stream is its names, its seed and its replication", "[kernel]") {
    const auto key = stream(42, 1, "amsterdam", "arrivals").key();
    CHECK(key == stream(42, 1, "amsterdam", "arrivals").key());
    CHECK(key != stream(43, 1, "amsterdam", "arrivals").key());
    CHECK(key != stream(42, 2, "amsterdam", "arrivals").key());
    CHECK(key != stream(42, 1, "seattle", "arrivals").key());
    CHECK(key != stream(42, 1, "amsterdam", "durations").key());
}

TEST_CASE("names do not run into each other", "[kernel]") {
    CHECK(stream(1, 1, "ab", "c").key() != stream(1, 1, "a", "bc").key());
    CHECK(stream(1, 1, "", "x").key() != stream(1, 1, "x", "").key());
    CHECK(stream(1, 2, "", "").key() != stream(2, 1, "", "").key());
}

TEST_CASE("the key of a stream never changes, or every published result would", "[kernel]") {
    CHECK(stream(42, 1, "amsterdam", "arrivals").key() == std::array<std::uint32_t, 2>{0xd7c1e859, 0x01ccdf2b});
    CHECK(stream(42, 1, "amsterdam", "arrivals").at(7, 1) ==
          Block{0x781dc2b1, 0x2fa23be0, 0xb4143c1a, 0x60b08196});
}

TEST_CASE("the words of an ordinal do not depend on who asked before", "[kernel]") {
    const kernel::Stream luck = stream(7, 3, "host", "failures");
    const Block third = luck.at(3);
    luck.at(0);
    luck.uniform(2, 5);
    CHECK(luck.at(3) == third);
    CHECK(luck.at(3, 1) != third);
    CHECK(luck.at(std::uint64_t{3} << 32) != third);
    CHECK(luck.uniform(3) == kernel::unit(third[0], third[1]));
}

TEST_CASE("uniforms lie from 0 to below 1 and have 53 bits", "[kernel]") {
    CHECK(kernel::unit(0, 0) == 0);
    CHECK(kernel::unit(0x80000000, 0) == 0.5);
    CHECK(kernel::unit(0xffffffff, 0xffffffff) == 1 - 0x1p-53);
    CHECK(kernel::unit(0, 0x800) == 0x1p-53);
    CHECK(kernel::unit(0, 0x7ff) == 0);
}

TEST_CASE("a pick is an index below the count, each as often as the others", "[kernel]") {
    CHECK(kernel::pick(0, 3) == 0);
    CHECK(kernel::pick(0xffffffff, 3) == 2);
    CHECK(kernel::pick(0xffffffff, 1) == 0);
    const kernel::Stream luck = stream(11, 1, "pool", "routing");
    std::array<int, 3> seen{};
    for (std::uint64_t i = 0; i < 30'000; ++i) ++seen[kernel::pick(luck.at(i)[0], 3)];
    for (const int count : seen) CHECK(std::abs(count - 10'000) < 250);
}

TEST_CASE("a thousand streams of one replication share no key", "[kernel]") {
    std::set<std::array<std::uint32_t, 2>> keys;
    for (int i = 0; i < 1000; ++i)
        keys.insert(stream(42, 1, ("host-" + std::to_string(i)).c_str(), "failures").key());
    CHECK(keys.size() == 1000);
}

TEST_CASE("quoted fields of the oracles may hold commas, quotes and line ends", "[support]") {
    const auto records = tests::csv_records("a,\"b,c\",\"say \"\"no\"\"\"\r\n\"two\nlines\",,x\n");
    REQUIRE(records.size() == 2);
    CHECK(records[0] == std::vector<std::string>{"a", "b,c", "say \"no\""});
    CHECK(records[1] == std::vector<std::string>{"two\nlines", "", "x"});
    CHECK_THROWS(tests::csv_records("\"open"));
}

TEST_CASE("an oracle is found by name, parameters and quantity, or not at all", "[support]") {
    CHECK(tests::oracle("erlang-b-dimension", "A=100 E; B<=0.01", "smallest number of lines").number() == 117);
    CHECK_THROWS(tests::oracle("erlang-b-dimension", "A=100 E; B<=0.02", "smallest number of lines"));
    CHECK_THROWS(tests::oracles_named("no-such-oracle"));
    CHECK_THROWS(tests::oracles_named("t-quantile").front().parameter("q"));
}
