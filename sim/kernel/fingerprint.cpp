#include "sim/kernel/fingerprint.hpp"

#include "sim/kernel/check.hpp"

#include <fmt/core.h>
#include <xxhash.h>

namespace sim::kernel {

struct Fingerprint::State {
    XXH3_state_t* xxh = XXH3_createState();
    State() {
        SIM_CHECK(xxh != nullptr);
        XXH3_64bits_reset(xxh);
    }
    ~State() { XXH3_freeState(xxh); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

Fingerprint::Fingerprint() : state_(std::make_unique<State>()) {}
Fingerprint::~Fingerprint() = default;
Fingerprint::Fingerprint(Fingerprint&&) noexcept = default;
Fingerprint& Fingerprint::operator=(Fingerprint&&) noexcept = default;

void Fingerprint::flush() {
    std::array<unsigned char, sizeof words_> bytes;
    std::size_t at = 0;
    for (std::size_t i = 0; i < used_; ++i)
        for (unsigned shift = 0; shift < 64; shift += 8)
            bytes[at++] = static_cast<unsigned char>(words_[i] >> shift);
    XXH3_64bits_update(state_->xxh, bytes.data(), at);
    used_ = 0;
}

std::uint64_t Fingerprint::digest() {
    flush();
    return XXH3_64bits_digest(state_->xxh);
}

std::uint64_t hash(std::string_view bytes) {
    return XXH3_64bits(bytes.data(), bytes.size());
}

std::string hex(std::uint64_t digest) {
    return fmt::format("{:016x}", digest);
}

std::string dashed(std::uint64_t digest) {
    const std::string digits = hex(digest);
    return fmt::format("{}-{}-{}-{}", digits.substr(0, 4), digits.substr(4, 4), digits.substr(8, 4),
                       digits.substr(12, 4));
}

}  // namespace sim::kernel
