# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_Respond SOURCES tst_Respond.cpp LIBS mailward_respond TIMEOUT 240)
mw_add_test(tst_RespondExecutor SOURCES tst_RespondExecutor.cpp LIBS mailward_respond LABELS rig TIMEOUT 240)
find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
add_test(NAME tst_gate COMMAND Python3::Interpreter "${CMAKE_SOURCE_DIR}/tests/rig/tst_gate.py")
set_tests_properties(tst_gate PROPERTIES LABELS rig TIMEOUT 240 SKIP_RETURN_CODE 77)
