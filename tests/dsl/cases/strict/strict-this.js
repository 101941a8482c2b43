// rule: r-strict-this
"use strict"; (function () { return this })() // -> undefined
"use strict"; (function () { return typeof this }).call(5) // -> "number"
"use strict"; (function () { return this }).call(null) // -> null
(function () { "use strict"; return [1].map(function () { return this })[0] })() // -> undefined
"use strict"; [1].map(function () { return this.k }, {k: 2}) // -> [2]
