# Tests of the whole program: what users type, see and find on their disk. Python 3 runs them.
find_package(Python3 3.11 QUIET COMPONENTS Interpreter)
if(NOT Python3_FOUND)
  message(FATAL_ERROR "the tests need Python 3.11 or later: apt-get install python3 (or run scripts/setup)")
endif()

# program_test(NAME LABEL script arguments...): exit code 77 means skipped, with the reason printed.
function(program_test name label)
  add_test(NAME ${name} COMMAND Python3::Interpreter ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${label} SKIP_RETURN_CODE 77 TIMEOUT 300)
endfunction()

program_test(City.IsMadeAgainByteForByteAndSound whole tests/city/check_data.py)
file(GLOB golden_files CONFIGURE_DEPENDS tests/golden/*.toml)
foreach(cases IN LISTS golden_files)
  get_filename_component(name ${cases} NAME_WE)
  program_test(Golden.${name} whole tests/golden/run_cases.py $<TARGET_FILE:isopleth> ${PROJECT_SOURCE_DIR} ${cases})
endforeach()
program_test(Fault.LeavesTheTargetWholeOrAbsent whole tests/fault/faults.py $<TARGET_FILE:isopleth> ${PROJECT_SOURCE_DIR})
program_test(Readme.ExamplesRunAsPrinted whole tests/readme/examples.py $<TARGET_FILE:isopleth> ${PROJECT_SOURCE_DIR} readme)
program_test(Help.ExamplesRunAsPrinted whole tests/readme/examples.py $<TARGET_FILE:isopleth> ${PROJECT_SOURCE_DIR} help)
program_test(Qgis.OpensTheGeoPackageStyled whole tests/qgis/open_geopackage.py $<TARGET_FILE:isopleth> ${PROJECT_SOURCE_DIR})
