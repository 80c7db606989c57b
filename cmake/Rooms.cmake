# A room is a folder, a namespace and a target in one: sim_library(calls SOURCES … USES topology) makes sim_calls.
# USES says which rooms it may include; the arrows of the house are checked by tests/tidy against the includes.

option(CCESIM_WERROR "Warnings are errors" ON)
set(CCESIM_HOT_OPTIONS "" CACHE STRING "Compiler options for the rooms on the path of every call")

add_library(ccesim_flags INTERFACE)
target_compile_options(ccesim_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    $<$<BOOL:${CCESIM_WERROR}>:-Werror>
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # g++ 12 sees overlaps in "x" + std::string that cannot be (its PR 105651)
    -ffp-contract=off -fno-fast-math  # the same bits on every CPU: no multiply-add that the source does not say
    -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)  # a defect's text names the file, not the machine it was built on
target_include_directories(ccesim_flags INTERFACE ${CMAKE_CURRENT_SOURCE_DIR})

function(room_library target)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_library(${target} STATIC ${ROOM_SOURCES})
    target_link_libraries(${target} PUBLIC ccesim_flags)
    foreach(used IN LISTS ROOM_USES)
        target_link_libraries(${target} PUBLIC ${used})
    endforeach()
    target_link_libraries(${target} PRIVATE ${ROOM_LIBRARIES})
endfunction()

function(sim_library room)
    cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    list(TRANSFORM ROOM_USES PREPEND sim_)
    list(TRANSFORM ROOM_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/${room}/)
    room_library(sim_${room} SOURCES ${ROOM_SOURCES} USES ${ROOM_USES} LIBRARIES ${ROOM_LIBRARIES})
endfunction()
