"use strict";
/* A page with lists to tick and nothing else of the editor. */
document.querySelectorAll(".picker").forEach(searchable);
