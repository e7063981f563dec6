# Compiler settings that all of isopleth's own targets share.
add_library(isopleth_options INTERFACE)
# No fused multiply-add and no fast math: the same bits on every machine and for any number of threads.
target_compile_options(isopleth_options INTERFACE -ffp-contract=off)
if(ISOPLETH_SANITIZERS)
  target_compile_options(isopleth_options INTERFACE -fsanitize=${ISOPLETH_SANITIZERS} -fno-omit-frame-pointer)
  target_link_options(isopleth_options INTERFACE -fsanitize=${ISOPLETH_SANITIZERS})
endif()
if(ISOPLETH_COVERAGE)
  target_compile_options(isopleth_options INTERFACE --coverage)
  target_link_options(isopleth_options INTERFACE --coverage)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
