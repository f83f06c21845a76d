import * as chek54 from "chek54";
import { verdict } from "./verdict.js";

export default {
  fetch: () => new Response(verdict(chek54)),
};
