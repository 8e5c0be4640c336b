# SPDX-License-Identifier: GPL-3.0-or-later
# One set of compile rules for every target, and the functions that make one.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Only where there are QObjects (tables, controllers, ui, app): a scan and an empty file for each of 80 targets take minutes.
set(CMAKE_AUTOMOC OFF)
set(CMAKE_AUTOMOC_PATH_PREFIX ON)
# moc 6.4 stumbles over libstdc++'s <concepts> when <compare> is the first header that it meets; it needs nothing from there.
set(MAILWARD_MOC_OPTIONS -D_GLIBCXX_CONCEPTS=1)
set(CMAKE_AUTOMOC_MOC_OPTIONS ${MAILWARD_MOC_OPTIONS})
# Line numbers and names are all that a sanitizer's report and a stack trace need; variables would cost a third of the build.
set(CMAKE_CXX_FLAGS_DEBUG "-g1")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(MAILWARD_SHARE_DIR "${CMAKE_BINARY_DIR}/share/mailward")

# GCC 12's optimiser warns of sizes that cannot be (in the standard library's own string); that keeps nobody from building.
add_library(mailward_strict INTERFACE)
target_include_directories(mailward_strict INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(mailward_strict INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wno-error=maybe-uninitialized -Wno-restrict -Wno-error=stringop-overflow -Wno-error=stringop-overread -Wno-error=array-bounds>
  -fstack-protector-strong)
target_compile_definitions(mailward_strict INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_STRICT_ITERATORS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH
  $<$<CONFIG:Release>:_FORTIFY_SOURCE=2>
  MAILWARD_VERSION="${PROJECT_VERSION}")
target_link_options(mailward_strict INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed)
if(MAILWARD_SANITIZE)
  target_compile_options(mailward_strict INTERFACE
    -fsanitize=${MAILWARD_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    $<$<NOT:$<BOOL:${MAILWARD_FUZZ}>>:-O1>) # a fuzzer's worth is its executions: it has the preset's own -O2
  target_link_options(mailward_strict INTERFACE -fsanitize=${MAILWARD_SANITIZE})
  if(MAILWARD_SANITIZE MATCHES undefined AND NOT MAILWARD_FUZZ)
    # A quarter of the build's time. A null pointer still ends at ASan; the fuzzers keep all checks.
    target_compile_options(mailward_strict INTERFACE -fno-sanitize=null,alignment,vptr,object-size)
  endif()
endif()
if(MAILWARD_FUZZ)
  # The libraries under test report their branches to the fuzzer.
  target_compile_options(mailward_strict INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(mailward_strict INTERFACE -fsanitize=fuzzer-no-link)
endif()

# mw_unity(<target> [APART file.cpp...]): with MAILWARD_UNITY five files of the target are compiled as one; those APART alone, as they
# have names of their own that others have too. The preset bench compiles each file alone, which proves that it includes what it needs.
function(mw_unity target)
  cmake_parse_arguments(ARG "" "" "APART" ${ARGN})
  if(NOT MAILWARD_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 5)
  set_source_files_properties(${ARG_APART} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC takes a class of an included file for one of a header.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

# mw_moc(<target> file.cpp...): files that hold a QObject and include "file.moc" at their end.
function(mw_moc target)
  foreach(source ${ARGN})
    get_filename_component(name "${source}" NAME_WE)
    set(moc "${CMAKE_CURRENT_BINARY_DIR}/${target}_moc/${name}.moc")
    qt6_generate_moc("${source}" "${moc}" OPTIONS ${MAILWARD_MOC_OPTIONS} TARGET ${target})
    target_sources(${target} PRIVATE "${moc}")
  endforeach()
  target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${target}_moc")
endfunction()

# mw_module(<name> SOURCES ... [APART file.cpp...] [DEPS module...] [LIBS external...])
# One folder of models is one static library mailward_<name>. All of them share one precompiled header.
function(mw_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;APART;DEPS;LIBS" ${ARGN})
  set(target mailward_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  list(TRANSFORM ARG_DEPS PREPEND mailward_)
  target_link_libraries(${target} PUBLIC Qt6::Core ${ARG_DEPS} PRIVATE mailward_strict ${ARG_LIBS})
  if(name STREQUAL "core")
    target_precompile_headers(${target} PRIVATE
      <QByteArray> <QObject> <QString> <QStringList> <algorithm> <array> <chrono> <cstdint> <functional> <map>
      <memory> <optional> <span> <string> <string_view> <unordered_map> <utility> <vector> <tl/expected.hpp>)
  else()
    target_precompile_headers(${target} REUSE_FROM mailward_core)
  endif()
  mw_unity(${target} APART ${ARG_APART})
  set_property(GLOBAL APPEND PROPERTY MAILWARD_MODULES ${target})
endfunction()
