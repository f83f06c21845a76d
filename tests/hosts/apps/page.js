import * as chek54 from "chek54";
import { verdict } from "./verdict.js";

try {
  document.title = verdict(chek54);
} catch (error) {
  document.title = `${error.name} ${error.code}`;
}
