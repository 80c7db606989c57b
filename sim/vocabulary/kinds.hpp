// Kinds of control events and of journal records, and who owns them.
//
// A room calls only downward. What must reach a room above is scheduled as an event of a kind declared here;
// deployment dispatches it to its owner.

#pragma once

#include "sim/kernel/event_queue.hpp"
#include "sim/kernel/journal.hpp"

namespace sim::vocabulary::kind {

using kernel::Kind;

// topology: things that start take time, and things that end have a date. Subject: an appliance.
inline constexpr Kind host_booted{1};
inline constexpr Kind machine_booted{2};
inline constexpr Kind certificates_end{3};
inline constexpr Kind services_return{4};  // of services that a cmdlet restarts

// calls. Subject: a row of the table of callers who will try again.
inline constexpr Kind redial{10};
inline constexpr Kind newcomer_calls{11};  // subject: a cohort of newcomers

// faults. Subjects: an incident of the plan; a failure process; a fault that is active.
inline constexpr Kind incident{20};
inline constexpr Kind failure{21};
inline constexpr Kind fault_ends{22};
inline constexpr Kind fault_acts{23};     // names have been changed: the record's time to live is over
inline constexpr Kind fault_lets_go{24};  // names are as they were, and everybody knows

// management. Subject: an appliance.
inline constexpr Kind management_started{30};
inline constexpr Kind probe{31};
inline constexpr Kind attempt_begins{32};
inline constexpr Kind attempt_ends{33};

// maintenance. Subject: an appliance; for windows, a row of the update plan.
inline constexpr Kind window_opens{40};
inline constexpr Kind window_closes{41};
inline constexpr Kind appliance_empty{42};  // the last call of a draining appliance has ended
inline constexpr Kind drain_limit{43};
inline constexpr Kind services_stopped{44};
inline constexpr Kind update_step_ends{45};
inline constexpr Kind update_exit_ends{46};
inline constexpr Kind patch_is_out{47};     // subject: its number
inline constexpr Kind bad_patch_shows{48};  // subject: appliance
inline constexpr Kind bits_are_out{49};     // subject: number of the release

inline constexpr Kind bad_bits_show{60};    // subject: appliance
inline constexpr Kind upgrade_goes_on{61};  // its management service does the next step

// operations. Subjects: an operation under way; a program of the policy; a strand of a program that waits.
inline constexpr Kind operation_ends{50};
inline constexpr Kind programs_begin{51};
inline constexpr Kind strand_wakes{52};
inline constexpr Kind setting_takes_effect{53};  // subject: a change that the tenant has not replicated yet

}  // namespace sim::vocabulary::kind

namespace sim::vocabulary::record {

using kernel::RecordKind;

inline constexpr RecordKind fault_struck{1};         // subject: the place, by its kind; detail: fault id
inline constexpr RecordKind fault_cleared{2};        // the same
inline constexpr RecordKind fault_had_no_effect{3};  // it struck something already down
inline constexpr RecordKind host_started{4};         // subject: appliance
inline constexpr RecordKind machine_started{5};      // detail: machine
inline constexpr RecordKind configured{6};           // wrong from the first moment on; as fault_struck
inline constexpr RecordKind repair_waits{7};  // nobody of the crew is free; subject: the crew; detail: fault id
inline constexpr RecordKind repair_started{
    8};                                    // it has waited; subject: the crew; detail: how long, microseconds
inline constexpr RecordKind detected{10};  // subject: appliance
inline constexpr RecordKind attempt_failed{11};  // detail: number of the attempt
inline constexpr RecordKind recovered{12};       // detail: number of the attempt
inline constexpr RecordKind management_started{14};
inline constexpr RecordKind cannot_recover{15};  // the ladder of its release gives up (B-REC)
inline constexpr RecordKind found_blind{16};     // the host cannot look into its machines
inline constexpr RecordKind window_opened{20};   // subject: row of the update plan
inline constexpr RecordKind window_missed{21};   // subject: appliance
inline constexpr RecordKind drain_started{22};   // subject: appliance; detail: calls up
inline constexpr RecordKind drain_ended{23};     // detail: how long it took, microseconds
inline constexpr RecordKind drain_cut{24};       // detail: calls cut
inline constexpr RecordKind services_stopped{25};
inline constexpr RecordKind services_started{26};
inline constexpr RecordKind update_started{27};
inline constexpr RecordKind machine_restarted{28};  // detail: machine
inline constexpr RecordKind host_restarted{29};
inline constexpr RecordKind update_finished{30};
inline constexpr RecordKind update_failed{31};
inline constexpr RecordKind sets_switched{32};       // detail: the version that runs from now on
inline constexpr RecordKind patch_published{33};     // subject: its number; Windows'
inline constexpr RecordKind bad_patch_showed{34};    // subject: appliance; detail: the patch, from 1
inline constexpr RecordKind machines_removed{35};    // subject: appliance; detail: their version
inline constexpr RecordKind machines_installed{36};  // the same
inline constexpr RecordKind bits_published{37};      // subject: number of the release
inline constexpr RecordKind bad_bits_showed{38};     // subject: appliance; detail: the release, from 1
inline constexpr RecordKind cmdlet_run{40};          // detail: cmdlet
inline constexpr RecordKind cmdlet_failed{41};
inline constexpr RecordKind program_began{43};           // subject: the program; a policy, or a runbook
inline constexpr RecordKind last_appliance_drained{42};  // a warning
inline constexpr RecordKind bits_update_started{44};     // subject: appliance
inline constexpr RecordKind bits_update_finished{45};
inline constexpr RecordKind bits_update_failed{46};
inline constexpr RecordKind call_lost{50};  // subject: appliance or none; detail: Reason

}  // namespace sim::vocabulary::record
