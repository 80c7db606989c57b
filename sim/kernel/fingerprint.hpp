// The digest of everything that happened. Two runs with one fingerprint did the same; the first fold that
// differs is the address of a defect. XXH3, 64 bits, over little-endian words.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sim::kernel {

class Fingerprint {
public:
    Fingerprint();
    ~Fingerprint();
    Fingerprint(Fingerprint&&) noexcept;
    Fingerprint& operator=(Fingerprint&&) noexcept;

    void fold(std::uint64_t word) {
        if (used_ == words_.size()) flush();
        words_[used_++] = word;
    }
    void fold(std::uint64_t first, std::uint64_t second, std::uint64_t third) {  // the same, one after another
        if (used_ + 3 > words_.size()) flush();
        words_[used_] = first;
        words_[used_ + 1] = second;
        words_[used_ + 2] = third;
        used_ += 3;
    }

    // Of all words so far; folding may go on afterwards.
    std::uint64_t digest();

private:
    void flush();

    struct State;
    std::unique_ptr<State> state_;
    std::array<std::uint64_t, 256> words_;
    std::size_t used_ = 0;
};

std::uint64_t hash(std::string_view bytes);  // XXH3, 64 bits
std::string hex(std::uint64_t digest);       // 16 digits
std::string dashed(std::uint64_t digest);    // "7c3f-91a0-5e2d-08b4", for people

}  // namespace sim::kernel
