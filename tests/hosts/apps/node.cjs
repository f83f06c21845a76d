const chek54 = require("chek54");

import("./verdict.js").then(({ verdict }) => console.log(verdict(chek54)));
