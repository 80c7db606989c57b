// A weekly profile: how calls spread over days and hours.
//
// The file may count anything - calls a slot, agents, erlangs - so it is scaled: the hour of the average
// weekday that carries most has the mean intensity 1. With slots of five minutes that hour is twelve slots in a
// row, beginning anywhere: 10:35 to 11:35 if that is the busiest. It may run over midnight.

#include "sim/scenario/import.hpp"
#include "sim/scenario/read_csv.hpp"
#include "sim/vocabulary/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sim::scenario {

using vocabulary::Exit;
using vocabulary::InputError;
using vocabulary::Place;
using vocabulary::Problems;
using vocabulary::quoted;

namespace {

constexpr unsigned minutes_a_day = 24 * 60;
constexpr double intensity_max = 1e9;  // keeps sums of a day far from what a double can hold

const CsvColumns columns{{"slot_start", "mon_mean", "tue_mean", "wed_mean", "thu_mean", "fri_mean"},
                         {"sat_mean", "sun_mean"}};
constexpr std::size_t slot_start = 0;
constexpr std::array<std::size_t, 8> weekday_of_column{0, 1, 2, 3, 4, 5, 6, 0};  // the first is slot_start
constexpr std::size_t weekdays_first = 1, weekdays_last = 5;

struct Slot {
    unsigned start = 0;  // minutes after midnight
    Place place;
    std::array<double, 7> intensity{};
};

std::optional<unsigned> minutes(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const std::optional<unsigned> hour = vocabulary::whole_number(text.substr(0, 2));
    const std::optional<unsigned> minute = vocabulary::whole_number(text.substr(3, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
    return *hour * 60 + *minute;
}

std::string clock(unsigned start) {
    return fmt::format("{:02}:{:02}", start / 60, start % 60);
}

std::string comma_help(std::string value) {
    const std::size_t comma = value.find(',');
    if (comma == value.npos) return "";
    value[comma] = '.';
    return vocabulary::number(value) ? "did you mean " + value + "?" : "";
}

class ProfileImport {
public:
    ProfileImport(const std::string& name, Problems& problems) : name_(name), problems_(problems) {}

    void take(const CsvRow& row) {
        Slot slot;
        slot.place = row.place(slot_start);
        for (std::size_t column = 1; column < row.columns.size(); ++column)
            if (row.has(column)) slot.intensity[weekday_of_column[column]] = intensity(row, column);
        const std::optional<unsigned> start = minutes(row.fields[slot_start]);
        if (start) {
            slot.start = *start;
            slots_.push_back(slot);
            return;
        }
        problems_.add({slot.place, "E315", quoted(row.fields[slot_start]) + " is no time of day",
                       "must be HH:MM from 00:00 to 23:59", ""});
    }

    Profile profile() {
        problems_.throw_if_any(Exit::input_data);  // gaps that wrong rows leave are not worth a word
        check_steps();
        problems_.throw_if_any(Exit::input_data);
        Profile profile = spread();
        scale(profile);
        return profile;
    }

private:
    double intensity(const CsvRow& row, std::size_t column) {
        const std::string& value = row.fields[column];
        const std::optional<double> number = vocabulary::number(value);
        if (number && *number >= 0 && *number <= intensity_max) return *number;
        problems_.add({row.place(column), "E316",
                       quoted(value) + (number ? " is out of range" : " is not a number"),
                       "must be a number from 0 to 1000000000 with a decimal point", comma_help(value)});
        return 0;
    }

    unsigned step() const { return slots_[1].start - slots_[0].start; }

    void check_steps() {
        if (slots_.size() < 2)
            throw InputError(Exit::input_data,
                             {slots_[0].place, "E317", "one slot alone does not say how long slots are",
                              "must be at least two rows", ""});
        for (std::size_t i = 1; i < slots_.size(); ++i) check_step(slots_[i - 1], slots_[i]);
        if (problems_.any_error()) return;
        if (minutes_a_day % step() != 0)
            problems_.add({slots_[1].place, "E317", fmt::format("slots of {} min do not fill a day", step()),
                           "24 h must be a multiple of the slot", ""});
        else if (slots_[0].start % step() != 0)
            problems_.add({slots_[0].place, "E317",
                           fmt::format("the first slot begins at {}, which is no multiple of {} min",
                                       clock(slots_[0].start), step()),
                           "slots must fit into a day that begins at 00:00", ""});
    }

    void check_step(const Slot& before, const Slot& slot) {
        if (slot.start <= before.start)
            problems_.add({slot.place, "E317",
                           fmt::format("{} comes after {}", clock(slot.start), clock(before.start)),
                           "slots must ascend", ""});
        else if (slots_[1].start > slots_[0].start && slot.start - before.start != step())
            problems_.add(
                {slot.place, "E317", fmt::format("{} comes after {}", clock(slot.start), clock(before.start)),
                 fmt::format("slots must follow each other every {} min, as the first two do", step()),
                 "write a slot without calls as 0"});
    }

    Profile spread() const {
        Profile profile;
        profile.slot = std::chrono::minutes{step()};
        for (std::vector<double>& day : profile.days) day.assign(minutes_a_day / step(), 0.0);
        for (const Slot& slot : slots_)
            for (std::size_t day = 0; day < 7; ++day)
                profile.days[day][slot.start / step()] = slot.intensity[day];
        return profile;
    }

    void scale(Profile& profile) const {
        const double busy = busy_hour_mean(profile);
        if (busy <= 0)
            throw InputError(Exit::input_data,
                             {Place{name_}, "E318", "no slot from Monday to Friday has any calls",
                              "the busy hour of weekdays sets the scale", ""});
        for (std::vector<double>& day : profile.days)
            for (double& value : day) value /= busy;
    }

    double busy_hour_mean(const Profile& profile) const {
        const std::vector<double> weekday = average_weekday(profile);
        const std::size_t slots = weekday.size();
        const std::size_t hour =
            std::max<std::size_t>(1, 60 / step());  // a slot of over an hour is its own hour
        double most = 0;
        for (std::size_t first = 0; first < slots; ++first) {
            double sum = 0;
            for (std::size_t i = 0; i < hour; ++i) sum += weekday[(first + i) % slots];
            most = std::max(most, sum);
        }
        return most / static_cast<double>(hour);
    }

    static std::vector<double> average_weekday(const Profile& profile) {
        std::vector<double> mean(profile.days[0].size(), 0.0);
        for (std::size_t slot = 0; slot < mean.size(); ++slot) {
            for (std::size_t day = weekdays_first; day <= weekdays_last; ++day)
                mean[slot] += profile.days[day][slot];
            mean[slot] /= 5;
        }
        return mean;
    }

    const std::string& name_;
    Problems& problems_;
    std::vector<Slot> slots_;
};

}  // namespace

Profile read_profile(const std::string& name, const std::string& text) {
    Problems problems;
    ProfileImport import{name, problems};
    read_csv(name, text, columns, problems, [&import](const CsvRow& row) { import.take(row); });
    return import.profile();
}

Profile with_floor(Profile profile, double floor) {
    for (std::vector<double>& day : profile.days)
        for (double& value : day) value = std::max(value, floor);
    return profile;
}

}  // namespace sim::scenario
