// rule: r-no-modules
import a from "a" // -> syntax error: modules (`import`) are not part of the script language
export var a // -> syntax error: modules (`export`) are not part of the script language
// differs: not in the language
import("a") // -> syntax error: modules (`import`) are not part of the script language
import.meta // -> syntax error
