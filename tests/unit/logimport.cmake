mw_add_test(tst_LogImport SOURCES tst_LogImport.cpp LIBS mailward_controllers LABELS threads)
