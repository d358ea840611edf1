# /// script
# requires-python = ">=3.13"
# ///
import sys
import sysconfig

built_without = sysconfig.get_config_var("Py_GIL_DISABLED") == 1
print("built to run without the GIL:", "yes" if built_without else "no")
print("the GIL is", "on" if sys._is_gil_enabled() else "off")
