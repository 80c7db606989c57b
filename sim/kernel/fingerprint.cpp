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
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
    for (std::size_t i = 0; i < used_; ++i) words_[i] = __builtin_bswap64(words_[i]);
#endif
    XXH3_64bits_update(state_->xxh, words_.data(), used_ * sizeof words_[0]);
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
