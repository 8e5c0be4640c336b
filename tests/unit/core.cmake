mw_add_test(tst_Core SOURCES tst_Core.cpp LIBS mailward_core)
