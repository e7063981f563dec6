# Program, libraries with their headers, styles, man page and completions, where Debian looks for them.
install(TARGETS isopleth RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS isopleth_core isopleth_lib
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/isopleth)
install(DIRECTORY styles/ DESTINATION ${CMAKE_INSTALL_DATADIR}/isopleth/styles)
install(FILES ${PROJECT_BINARY_DIR}/isopleth.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_BINARY_DIR}/isopleth.bash RENAME isopleth
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${PROJECT_BINARY_DIR}/_isopleth DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${PROJECT_BINARY_DIR}/isopleth.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
