# What a user gets: the program, the scenarios to start from, and the file by which an editor knows the words of a script.

install(TARGETS ccesim RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/ccesim)
install(FILES ${CMAKE_SOURCE_DIR}/lua/ccesim/ccesim.d.lua DESTINATION ${CMAKE_INSTALL_DATADIR}/ccesim)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md
    DESTINATION ${CMAKE_INSTALL_DOCDIR})
