import * as chek54 from "chek54";
import { verdict } from "./verdict.js";

console.log(verdict(chek54));
